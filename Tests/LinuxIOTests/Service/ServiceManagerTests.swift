import Foundation
import LinuxIO
import Testing
import Wire

/// The service manager's end: a datagram socket of this name, `@` for an abstract one.
private struct Listener: ~Copyable {
    let descriptor: Int32

    init(_ name: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if name.hasPrefix("@") { bytes[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        try #require(bytes.count <= room)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(2 + bytes.count)
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(result == 0)
    }

    deinit {
        close(descriptor)
    }

    func next() -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}

@Test(arguments: [false, true])
func `news arrive in systemd's words`(_ isAbstract: Bool) throws {
    let name = try isAbstract ? "@pressmark-test-\(UUID().uuidString)" : temporaryFolder() + "/notify"
    let listener = try Listener(name)
    let manager = try #require(ServiceManager { $0 == "NOTIFY_SOCKET" ? name : nil })
    let news: [(ServiceManager.News, String)] = [
        (.ready, "READY=1"),
        (.status("3 readers, 1 away"), "STATUS=3 readers, 1 away"),
        (.status("two\nREADY=1"), "STATUS=two READY=1"),
        (.watchdog, "WATCHDOG=1"),
        (.reloading(microseconds: 5_000_000), "RELOADING=1\nMONOTONIC_USEC=5000000"),
        (.stopping, "STOPPING=1"),
    ]
    for (item, words) in news {
        try manager.tell(item)
        #expect(listener.next() == words)
    }
}

@Test func `reloads are told apart by a clock that only goes forward`() {
    let news: [ServiceManager.News] = [.reloading, .reloading]
    guard case .reloading(let first) = news[0], case .reloading(let second) = news[1] else {
        Issue.record("found no time")
        return
    }
    #expect(first > 0)
    #expect(second >= first)
}

@Test func `started by hand there is nobody to tell`() {
    #expect(ServiceManager { _ in nil } == nil)
    #expect(ServiceManager { $0 == "NOTIFY_SOCKET" ? "vsock:2:1234" : nil } == nil)
}

@Test func `the watchdog counts only when it is meant for this process`() {
    func interval(_ process: String?) -> Duration? {
        let environment = ["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": process]
        return ServiceManager { environment[$0] ?? nil }?.watchdogInterval
    }
    #expect(interval(String(getpid())) == .seconds(3))
    #expect(interval(nil) == .seconds(3))
    #expect(interval("1") == nil)
}

@Test func `a manager that does not listen is an error with its name`() throws {
    let name = try temporaryFolder() + "/nobody"
    let manager = try #require(ServiceManager { $0 == "NOTIFY_SOCKET" ? name : nil })
    let error = LinkError.system(errno: ENOENT, call: "notify \(name)", meaning: "no such file or directory")
    #expect(throws: error) { try manager.tell(.ready) }
    let long = "/" + String(repeating: "x", count: 200)
    let other = try #require(ServiceManager { $0 == "NOTIFY_SOCKET" ? long : nil })
    #expect(throws: LinkError.system(errno: ENAMETOOLONG, call: "notify \(long)", meaning: "file name too long")) {
        try other.tell(.ready)
    }
}
