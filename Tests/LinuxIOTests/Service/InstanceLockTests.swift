import Foundation
import LinuxIO
import Testing

@Test func `a second daemon on the folder learns which process has it`() throws {
    let folder = try temporaryFolder()
    let first = try InstanceLock.take(folder: folder)
    #expect(throws: InstanceLockError.held(folder: folder, process: getpid())) {
        _ = try InstanceLock.take(folder: folder)
    }
    _ = consume first
}

@Test func `the folder is free again when its daemon has ended`() throws {
    let folder = try temporaryFolder()
    for _ in 0..<3 {
        #expect(throws: Never.self) { _ = try InstanceLock.take(folder: folder) }
    }
}

@Test func `a lock file that names nobody still keeps the folder`() throws {
    let folder = try temporaryFolder()
    let lock = try InstanceLock.take(folder: folder)
    try Data("?".utf8).write(to: URL(filePath: folder + "/pressmarkd.lock"))
    let error = #expect(throws: InstanceLockError.self) { _ = try InstanceLock.take(folder: folder) }
    #expect(error?.description.hasSuffix("(process unknown)") == true)
    #expect(error?.hint.hasPrefix("stop that one") == true)
    _ = consume lock
}

@Test func `a folder that does not exist is named with its remedy`() {
    let path = "/nonexistent/pressmarkd.lock"
    let error = #expect(throws: InstanceLockError.system(path: path, code: ENOENT)) {
        _ = try InstanceLock.take(folder: "/nonexistent")
    }
    #expect(error?.description == "\(path): no such file or directory (errno 2)")
    #expect(error?.hint == "the folder must exist and be writable for this user")
}
