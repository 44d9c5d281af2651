import Foundation
import Testing
import Wire

@testable import LinuxIO

private let isOnBench = ProcessInfo.processInfo.environment["PRESSMARK_BENCH"] == "vm"
private let host = "/dev/ttyUSB0"
private let twin = "/dev/ttyUSB1"

/// Pulls the adapter from its driver, or lets it in again, as the kernel does when a plug is pulled.
private func plug(_ line: String, _ isPlugged: Bool) throws {
    // …/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0/device leads from the line to the interface, above which is the device.
    let name = URL(filePath: line).lastPathComponent
    let port = URL(filePath: "/sys/class/tty/\(name)/device").resolvingSymlinksInPath()
    let device = port.deletingLastPathComponent().deletingLastPathComponent()
    let file = try #require(FileHandle(forWritingAtPath: device.appending(path: "authorized").path))
    try file.write(contentsOf: Data((isPlugged ? "1" : "0").utf8))
    try file.close()
}

/// Against the kernel's driver of a real adapter (FTDI), which keeps parity where a pseudo-terminal drops it;
/// `Scripts/bench-vm` starts them in a virtual machine with two adapters wired to each other.
@Suite(.serialized, .enabled(if: isOnBench, "needs serial adapters: Scripts/bench-vm"))
struct SerialLinkOnBenchTests {
    @Test(arguments: [
        LineSettings(baudRate: 38400, parity: .even), LineSettings(baudRate: 9600, parity: .odd, stopBits: 2),
        LineSettings(baudRate: 250_000), LineSettings(baudRate: 115_200, dataBits: 7, parity: .even),
    ])
    func `settings are kept by the driver and bytes pass both ways`(_ settings: LineSettings) async throws {
        let readiness = try Readiness()
        var near = try SerialLink.open(path: host, settings: settings, on: readiness)
        var far = try SerialLink.open(path: twin, settings: settings, on: readiness)
        let isPseudoTerminal = near.isPseudoTerminal
        #expect(!isPseudoTerminal)
        // A FEIG version request; seven data bits suffice for its answer's first bytes.
        let request: [UInt8] = [0x02, 0x00, 0x07, 0x7F, 0x65, 0x6E, 0x61]
        try await near.send(request)
        var heard: [UInt8] = []
        while heard.count < request.count { heard += try await far.receive(within: patience) }
        #expect(heard == request)
        try await far.send([0x06])
        #expect(try await near.receive(within: patience) == [0x06])
    }

    @Test func `modem lines can be read and switched`() throws {
        let readiness = try Readiness()
        let near = try SerialLink.open(path: host, settings: LineSettings(baudRate: 9600), on: readiness)
        try near.set(.requestToSend, to: true)
        #expect(try near.modemLines().contains(.requestToSend))
        try near.set(.requestToSend, to: false)
        #expect(try !near.modemLines().contains(.requestToSend))
    }

    @Test func `a second opening is refused and one after letting go is not`() throws {
        let readiness = try Readiness()
        for _ in 0..<3 {
            let near = try SerialLink.open(path: host, settings: LineSettings(baudRate: 9600), on: readiness)
            #expect(throws: LinkError.self) {
                _ = try SerialLink.open(path: host, settings: LineSettings(baudRate: 9600), on: readiness)
            }
            _ = consume near
        }
    }

    @Test func `a pulled plug closes the link under a waiting reader, and the line is absent`() async throws {
        let readiness = try Readiness()
        let line = LineSettings(baudRate: 38400, parity: .even)
        var far = try SerialLink.open(path: twin, settings: line, on: readiness)
        let reading = Task { [readiness] in
            var near = try SerialLink.open(path: host, settings: line, on: readiness)
            try await near.send([0x01])
            _ = try await near.receive(within: .seconds(600))
        }
        #expect(try await far.receive(within: patience) == [0x01])
        try plug(host, false)
        await #expect(throws: LinkError.closed) { try await reading.value }
        #expect(throws: LinkError.self) { _ = try SerialLink.open(path: host, settings: line, on: readiness) }
    }
}
