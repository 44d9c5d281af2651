import Field
import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// Counts up; what a line answers depends on how often it was asked.
private final class Count: Sendable {
    private let state = Mutex(0)

    var value: Int { state.withLock { $0 } }

    func next() -> Int {
        state.withLock { count in
            count += 1
            return count
        }
    }
}

/// What a station told, in the order in which it did.
private final class Told: Sendable {
    private let state = Mutex<[HeardTag]>([])

    var tags: [HeardTag] { state.withLock { $0 } }

    func take(_ round: StationRound) { state.withLock { $0 += round.arrived } }
}

/// A line to a FEIG reader on which some requests are answered with a status alone, and go no further.
private struct FalteringLink: ~Copyable, Link {
    private var link: LoopbackLink
    private let status: @Sendable (FEIGFrame) -> FEIGStatus?
    private var ready: [UInt8] = []

    init(_ link: consuming LoopbackLink, _ status: @escaping @Sendable (FEIGFrame) -> FEIGStatus?) {
        self.link = link
        self.status = status
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard let frame = try? FEIGFrame(bytes), let told = status(frame) else { return try await link.send(bytes) }
        let reply = FEIGReply(style: frame.style, address: 0x00, command: frame.command, status: told)
        ready += reply.frame.bytes
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { return try await link.receive(within: limit) }
        defer { ready = [] }
        return ready
    }
}

/// Looks some thirty times at a gate of a site that goes by the EAS bit, and gives whose bit was told to be set or not.
private func watch(
    _ tags: [VirtualTag],
    _ status: @escaping @Sendable (FEIGFrame) -> FEIGStatus?
) async throws -> [HeardTag] {
    let told = Told()
    let setup = StationSetup(
        name: "gate-1",
        role: .gate,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        FalteringLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field(tags)), status)
    }
    let station = Station(
        setup: setup,
        time: ManualTime().keeper,
        logger: TestBranch.logger,
        security: SecurityPolicy(mechanism: .eas),
        knows: { _ in false },
        deliver: { told.take($0) },
        announce: { _ in }
    )
    try await TestBranch.running(station) {
        let turns = await station.turns
        try await waited { await station.turns >= turns &+ 30 }
    }
    return told.tags
}

@Test func `a gate goes on asking for EAS although its reader went wrong once`() async throws {
    let alarms = Count()
    _ = try await watch([]) { frame in
        // M-CPR: 0E, a general error; ask again.
        frame.command == 0xB1 && alarms.next() == 1 ? FEIGStatus.generalError : nil
    }
    #expect(alarms.value > 10, "asked \(alarms.value) times in 30 looks")
}

@Test func `a gate asks a tag again that seemed to have a clear bit, where somebody sounds the alarm`() async throws {
    var tag = try TestBranch.tag("1000000136", serial: 1)
    tag.eas.armed = true
    let alarms = Count()
    let heard = try await watch([tag]) { frame in
        // MFR, CMD, MODE 01: the alarm of one tag; its answers to the first reading are lost.
        let isAddressed = frame.command == 0xB1 && frame.payload.prefix(3) == [0x04, 0xA5, 0x01]
        return isAddressed && alarms.next() <= 2 ? FEIGStatus.noTag : nil
    }
    #expect(heard.map(\.uid) == [tag.uid, tag.uid])
    #expect(heard.map(\.eas) == [false, true])
}
