import Library
import Operations
import Readers
import Synchronization
import Testing
import Wire

private final class AlarmCount: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}

/// A reader that goes wrong on air the first time it is asked for EAS (M-CPR: 0E, ask again).
private struct FalteringLink: ~Copyable, Link {
    private var link: LoopbackLink
    private let alarms: AlarmCount
    private var ready: [UInt8] = []

    init(_ link: consuming LoopbackLink, _ alarms: AlarmCount) {
        self.link = link
        self.alarms = alarms
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard let frame = try? FEIGFrame(bytes), frame.command == 0xB1, alarms.next() == 1 else {
            return try await link.send(bytes)
        }
        let reply = FEIGReply(style: frame.style, address: 0x00, command: frame.command, status: .generalError)
        ready += reply.frame.bytes
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { return try await link.receive(within: limit) }
        defer { ready = [] }
        return ready
    }
}

@Test func `a gate goes on asking for EAS although its reader went wrong once`() async throws {
    let alarms = AlarmCount()
    let setup = StationSetup(
        name: "gate-1",
        role: .gate,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        FalteringLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([])), alarms)
    }
    let station = Station(
        setup: setup,
        time: ManualTime().keeper,
        logger: TestBranch.logger,
        security: SecurityPolicy(mechanism: .eas),
        knows: { _ in false },
        deliver: { _ in },
        announce: { _ in }
    )
    try await TestBranch.running(station) {
        let turns = await station.turns
        try await waited { await station.turns >= turns &+ 30 }
    }
    #expect(alarms.count > 10, "asked \(alarms.count) times in 30 looks")
}
