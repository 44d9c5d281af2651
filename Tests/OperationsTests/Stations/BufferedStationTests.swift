import Field
import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// What a station delivered.
private final class Rounds: Sendable {
    private let list = Mutex<[StationRound]>([])

    func add(_ round: StationRound) { list.withLock { $0.append(round) } }

    var count: Int { list.withLock { $0.count } }

    var arrived: [HeardTag] { list.withLock { $0.flatMap(\.arrived) } }
}

/// The commands a reader was sent.
private final class Commands: Sendable {
    private let list = Mutex<[UInt8]>([])

    func add(_ line: Transcript.Line) {
        guard case .sent(let bytes) = line, let frame = try? FEIGFrame(bytes) else { return }
        list.withLock { $0.append(frame.command) }
    }

    func contains(_ command: UInt8) -> Bool { list.withLock { $0.contains(command) } }
}

/// A FEIG gate in buffered read mode with these tags in its field, over a loopback line.
private func setup(
    _ tags: [VirtualTag],
    noting scan: FEIGTwin.Scan = FEIGTwin.Scan(fields: [.identity, .antenna], blocks: 0),
    reportsAFI: UInt8?,
    commands: Commands = Commands()
) -> StationSetup {
    var setup = TestBranch.setup("gate-1", .gate, tags)
    var device = FEIGTwin.Device.gate
    device.scan = scan
    setup.openLink = { [device] () async throws(LinkError) -> any Link & ~Copyable in
        RecordingLink(LoopbackLink(FEIGTwin(device), over: TestBranch.field(tags)), to: { commands.add($0) })
    }
    setup.isBuffered = true
    setup.reportsAFI = reportsAFI
    return setup
}

@Test(arguments: [0x07, nil] as [UInt8?])
func `a gate that scans by itself is asked what it noted, and its filter tells the AFI`(_ afi: UInt8?) async throws {
    let rounds = Rounds()
    let tag = try TestBranch.tag("b1", serial: 1)
    let station = TestBranch.station(setup([tag], reportsAFI: afi), time: ManualTime(), deliver: { rounds.add($0) })
    try await TestBranch.running(station) {
        try await waited { !rounds.arrived.isEmpty }
    }
    #expect(rounds.arrived.first?.uid == tag.uid && rounds.arrived.first?.afi == afi)
}

@Test func `records that name no tag are cleared too, or they would fill the buffer for good`() async throws {
    let (rounds, commands) = (Rounds(), Commands())
    // As Finnish libraries set their wands: six blocks of memory, no UID (HARAVA).
    let scan = FEIGTwin.Scan(fields: [.blocks, .tagOrder], blocks: 6)
    let noted = setup([try TestBranch.tag("b1", serial: 1)], noting: scan, reportsAFI: nil, commands: commands)
    let station = TestBranch.station(noted, time: ManualTime(), deliver: { rounds.add($0) })
    try await TestBranch.running(station) {
        try await waited { rounds.count >= 3 }
    }
    #expect(rounds.arrived.isEmpty)
    // 32, behind the 22 that brought them.
    #expect(commands.contains(0x32))
}
