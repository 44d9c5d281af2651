import Foundation
import Testing
import Wire

@testable import LinuxIO

@Test func `ten thousand plugs and unplugs leave no descriptor open`() async throws {
    let readiness = try Readiness()
    // Terminals alone: tests beside this one open files and sockets by the thousand.
    func openTerminals() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { name in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return place?.hasPrefix("/dev/pt") == true
        }
    }
    let before = try openTerminals()
    for number in 0..<10_000 {
        var device = try PseudoTerminal.open(on: readiness)
        var host = try SerialLink.open(path: device.slavePath, settings: LineSettings(baudRate: 115_200), on: readiness)
        try await device.send([UInt8(truncatingIfNeeded: number)])
        let heard = try await host.receive(within: patience)
        #expect(heard == [UInt8(truncatingIfNeeded: number)])
        _ = consume device
        do throws(LinkError) {
            let more = try await host.receive(within: patience)
            Issue.record("found \(more) behind the unplugging, wanted an end")
        } catch {
            #expect(error == .closed)
        }
    }
    // Tests beside this one open a few terminals of their own; a leak would be of thousands.
    #expect(try openTerminals() < before + 200)
}
