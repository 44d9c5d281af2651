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

    var arrived: [HeardTag] { list.withLock { $0.flatMap(\.arrived) } }
}

/// A FEIG gate in buffered read mode with these tags in its field, over a loopback line.
private func setup(_ tags: [VirtualTag], reportsAFI: UInt8?) -> StationSetup {
    var setup = TestBranch.setup("gate-1", .gate, tags)
    var device = FEIGTwin.Device.gate
    device.scan = FEIGTwin.Scan(fields: [.identity, .antenna], blocks: 0)
    setup.openLink = { [device] () async throws(LinkError) -> any Link & ~Copyable in
        LoopbackLink(FEIGTwin(device), over: TestBranch.field(tags))
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
        while rounds.arrived.isEmpty { await Task.yield() }
    }
    #expect(rounds.arrived.first?.uid == tag.uid && rounds.arrived.first?.afi == afi)
}
