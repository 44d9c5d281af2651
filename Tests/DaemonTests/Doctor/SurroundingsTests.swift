import Foundation
import Operations
import Testing

@testable import Daemon

private func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-doctor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
}

@Test func `a device file that is not there names those that are`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appending(path: "pad-2"))
    let device = DoctorFacts.Device(at: folder.appending(path: "pad-1").path)
    #expect(!device.exists && device.others.contains(folder.appending(path: "pad-2").path))
    let there = DoctorFacts.Device(at: "/dev/null")
    #expect(there.exists && there.isAllowed && there.group == "root")
}

@Test func `the clock is kept where the time service says so, and nobody knows without it`() throws {
    let run = try folder()
    defer { try? FileManager.default.removeItem(at: run) }
    #expect(Surroundings.isClockKept(run: run.path) == nil)
    let service = run.appending(path: "systemd/timesync")
    try FileManager.default.createDirectory(at: service, withIntermediateDirectories: true)
    #expect(Surroundings.isClockKept(run: run.path) == false)
    try Data().write(to: service.appending(path: "synchronized"))
    #expect(Surroundings.isClockKept(run: run.path) == true)
}

@Test func `disk and database are measured`() throws {
    let state = try folder()
    defer { try? FileManager.default.removeItem(at: state) }
    let database = state.appending(path: "db")
    try Data(repeating: 0, count: 4096).write(to: database)
    let surroundings = Surroundings(readers: [], state: state.path, database: database.path)
    #expect(surroundings.databaseBytes == 4096 && (surroundings.totalBytes ?? 0) > 0)
}
