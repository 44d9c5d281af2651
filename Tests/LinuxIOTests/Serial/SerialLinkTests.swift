import Glibc
import Testing
import Wire

@testable import LinuxIO

private let feig = LineSettings(baudRate: 38400, parity: .even)
private let plain = LineSettings(baudRate: 9600)

extension Link where Self: ~Copyable {
    /// Receives until so many bytes have come.
    fileprivate mutating func collect(_ count: Int) async throws(LinkError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += try await receive(within: patience) }
        return bytes
    }
}

@Test func `frames pass in both directions byte for byte`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    var host = try SerialLink.open(path: device.slavePath, settings: feig, on: readiness)
    // A FEIG version request and what a line discipline would like to change: XON, XOFF, CR, LF, ^C, ^D, DEL, FF.
    let request: [UInt8] = [0x02, 0x00, 0x07, 0xFF, 0x65, 0x6E, 0x61, 0x11, 0x13, 0x0D, 0x0A, 0x03, 0x04, 0x7F, 0xFF]
    try await host.send(request)
    #expect(try await device.collect(request.count) == request)
    let all = [UInt8](0...255)
    try await device.send(all)
    #expect(try await host.collect(256) == all)
}

@Test(arguments: [
    LineSettings(baudRate: 38400, stopBits: 2), LineSettings(baudRate: 9600, parity: .odd),
    LineSettings(baudRate: 250_000, parity: .even), LineSettings(baudRate: 123_456),
])
func `any speed can be set, and a terminal that drops parity is accepted`(_ settings: LineSettings) throws {
    let readiness = try Readiness()
    let device = try PseudoTerminal.open(on: readiness)
    let host = try SerialLink.open(path: device.slavePath, settings: settings, on: readiness)
    var line = termios()
    let isPseudoTerminal = host.isPseudoTerminal
    #expect(isPseudoTerminal)
    #expect(tcgetattr(host.descriptor.raw, &line) == 0)
    #expect((line.c_cflag & tcflag_t(CSTOPB) != 0) == (settings.stopBits == 2))
    #expect(line.c_lflag == 0 && line.c_iflag == 0 && line.c_oflag == 0)
}

@Test func `a second program is told that the line is in use and how to find by whom`() throws {
    let readiness = try Readiness()
    let device = try PseudoTerminal.open(on: readiness)
    let path = device.slavePath
    let first = try SerialLink.open(path: path, settings: plain, on: readiness)
    let busy = LinkError.refused(
        reason: "\(path): in use by another program",
        hint: "find it with: sudo fuser -v \(path)"
    )
    #expect(throws: busy) { _ = try SerialLink.open(path: path, settings: plain, on: readiness) }
    _ = consume first
}

@Test func `a line that was let go can be opened again`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    for round in 0..<100 as Range<UInt8> {
        let before = device.hasClient
        var host = try SerialLink.open(path: device.slavePath, settings: plain, on: readiness)
        let during = device.hasClient
        #expect((before, during) == (false, true))
        try await host.send([round])
        #expect(try await device.receive(within: patience) == [round])
    }
    // One is the device's own hold on the other side.
    #expect(try openDescriptors(of: device.slavePath) == 1)
}

@Test func `what was said before the line was opened is thrown away`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    try await device.send([0xDE, 0xAD])
    var host = try SerialLink.open(path: device.slavePath, settings: plain, on: readiness)
    try await device.send([0x01])
    #expect(try await host.receive(within: patience) == [0x01])
}

@Test func `a torn frame arrives in the portions in which it came`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    var host = try SerialLink.open(path: device.slavePath, settings: feig, on: readiness)
    for byte in [0x05, 0xFF, 0x65, 0xE5, 0xCB] as [UInt8] {
        try await device.send([byte])
        #expect(try await host.receive(within: patience) == [byte])
    }
}

@Test func `silence times out and the late answer is still read`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    let path = device.slavePath
    var host = try SerialLink.open(path: path, settings: plain, on: readiness)
    await #expect(throws: LinkError.timedOut) { try await host.receive(within: .milliseconds(10)) }
    try await device.send([0x06])
    #expect(try await host.receive(within: patience) == [0x06])
}

@Test func `a pulled cable closes the link, also under a waiting reader`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    let path = device.slavePath
    let waiting = Task { [readiness] in
        var host = try SerialLink.open(path: path, settings: plain, on: readiness)
        try await host.send([0x01])
        do {
            _ = try await host.receive(within: .seconds(600))
        } catch LinkError.closed {
            // Writing to the hung-up line says the same.
            try await host.send([0x02])
        }
    }
    _ = try await device.receive(within: patience)
    _ = consume device
    await #expect(throws: LinkError.closed) { try await waiting.value }
}

@Test func `a cancelled reader gives the line back`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    let path = device.slavePath
    let waiting = Task { [readiness] in
        var host = try SerialLink.open(path: path, settings: plain, on: readiness)
        try await host.send([0x01])
        _ = try await host.receive(within: .seconds(600))
    }
    _ = try await device.receive(within: patience)
    waiting.cancel()
    await #expect(throws: LinkError.cancelled) { try await waiting.value }
    #expect(throws: Never.self) { _ = try SerialLink.open(path: path, settings: plain, on: readiness) }
}

@Test func `a device that is not there is told from one that is no line`() throws {
    let readiness = try Readiness()
    let absent = LinkError.absent(
        device: "/dev/ttyUSB-none",
        hint: "plug the reader in and compare the path with: ls -l /dev/serial/by-id"
    )
    #expect(throws: absent) { _ = try SerialLink.open(path: "/dev/ttyUSB-none", settings: plain, on: readiness) }
    let other = LinkError.refused(
        reason: "/dev/null: not a serial line",
        hint: "see which lines there are: ls -l /dev/serial/by-id"
    )
    #expect(throws: other) { _ = try SerialLink.open(path: "/dev/null", settings: plain, on: readiness) }
}

@Test func `the remedy for a missing permission names the group of the device`() throws {
    let path = try temporaryFolder() + "/reader"
    let file = Descriptor(owning: open(path, O_CREAT | O_RDWR, 0o600))
    // Group 20 is dialout on Debian, the owner of serial lines; only root may give a file away.
    try #require(fchown(file.raw, getuid(), 20) == 0 || getuid() != 0)
    let hint = DeviceNode.permissionHint(path)
    #expect(hint.hasPrefix("add the user to group ") || hint.hasPrefix("install udev/60-pressmark.rules"))
    #expect(DeviceNode.permissionHint("/").hasPrefix("install udev/60-pressmark.rules"))
}

@Test func `settings that no line can have are refused before it is opened`() throws {
    let readiness = try Readiness()
    let error = LinkError.refused(
        reason: "line settings: found 9600 9N1, wanted 1-4000000 baud, 5-8 data bits, 1-2 stop bits",
        hint: "correct the reader's line in the configuration"
    )
    #expect(throws: error) {
        _ = try SerialLink.open(path: "/dev/null", settings: .init(baudRate: 9600, dataBits: 9), on: readiness)
    }
}

@Test func `the next request waits for the silence the device wants`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    let settings = LineSettings(baudRate: 38400, parity: .even, quietGap: .milliseconds(40))
    var host = try SerialLink.open(path: device.slavePath, settings: settings, on: readiness)
    try await device.send([0x01])
    _ = try await host.receive(within: patience)
    let answered = Deadline.now
    try await host.send([0x02])
    #expect(Deadline.now.after(answered) >= .milliseconds(38))
    #expect(try await device.receive(within: patience) == [0x02])
}

@Test func `a frame takes its bits on the line`() {
    // 11 bits for each byte of 8E1: 100 bytes at 38400 baud are 28.6 ms.
    #expect(feig.lineTime(of: 100) == .microseconds(28645))
    #expect(plain.lineTime(of: 96) == .milliseconds(100))
}

@Test func `a megabyte crosses the line without loss`() async throws {
    let readiness = try Readiness()
    var device = try PseudoTerminal.open(on: readiness)
    let path = device.slavePath
    let frame = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let host = Task { [readiness] in
        var host = try SerialLink.open(path: path, settings: .init(baudRate: 921_600), on: readiness)
        try await host.send([0x01])
        for _ in 0..<1024 {
            let bytes = try await host.collect(frame.count)
            try await host.send(bytes)
        }
    }
    #expect(try await device.collect(1) == [0x01])
    for _ in 0..<1024 {
        try await device.send(frame)
        let bytes = try await device.collect(frame.count)
        try #require(bytes == frame)
    }
    try await host.value
}

@Test func `modem lines are refused where there are none`() throws {
    let readiness = try Readiness()
    let device = try PseudoTerminal.open(on: readiness)
    let host = try SerialLink.open(path: device.slavePath, settings: plain, on: readiness)
    let error = LinkError.refused(
        reason: "\(device.slavePath): has no modem lines",
        hint: "use a serial adapter that wires them"
    )
    #expect(throws: error) { _ = try host.modemLines() }
    #expect(throws: error) { try host.set(.requestToSend, to: true) }
}
