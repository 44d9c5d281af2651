import Field
import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// A line that works until it is silenced.
private struct SilencedLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let silence: Silence
    private let number: Int

    init(_ link: consuming any Link & ~Copyable, _ silence: Silence) {
        self.link = link
        self.silence = silence
        number = silence.opened()
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        if silence.isSilent {
            if number == 1 { silence.asked() }
        } else {
            try await link.send(bytes)
        }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if silence.isSilent { throw .timedOut }
        return try await link.receive(within: limit)
    }
}

private final class Silence: Sendable {
    private let state = Mutex((isSilent: false, asked: 0, opened: 0))

    var isSilent: Bool { state.withLock { $0.isSilent } }
    var count: Int { state.withLock { $0.asked } }

    func fall() { state.withLock { $0.isSilent = true } }
    func end() { state.withLock { $0.isSilent = false } }
    func asked() { state.withLock { $0.asked += 1 } }
    /// Whoever opens the line again is not counted.
    func opened() -> Int {
        state.withLock {
            $0.opened += 1; return $0.opened
        }
    }
}

/// A line that answers until it is silenced, and is then waited at until whoever waits gives up, as at the kernel's.
private struct AwaitedLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let silence: Silence

    init(_ link: consuming any Link & ~Copyable, _ silence: Silence) {
        self.link = link
        self.silence = silence
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await link.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard silence.isSilent else { return try await link.receive(within: limit) }
        silence.asked()
        while !Task.isCancelled { await Task.yield() }
        throw .system(errno: 125, call: "wait", meaning: "operation canceled")
    }
}

/// A line whose other end hangs up on the first words.
private struct HangingUp: ~Copyable, Link {
    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {}
    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] { throw .closed }
}

/// A field to which a tag is added each time the reader switches it on.
private struct GrowingField: Air {
    private var field: RadioField
    private var lying: [VirtualTag] = []
    private var waiting: [VirtualTag]

    init(_ tags: [VirtualTag]) {
        waiting = tags
        field = TestBranch.field([])
    }

    mutating func setField(on: Bool) {
        if on, !waiting.isEmpty {
            lying.append(waiting.removeFirst())
            field = TestBranch.field(lying)
        }
        field.setField(on: on)
    }

    mutating func send(_ frame: [UInt8]) -> AirAnswer { field.send(frame) }
    mutating func endOfFrame() -> AirAnswer { field.endOfFrame() }
    mutating func wait(_ time: Duration) { field.wait(time) }
}

private func setup(
    _ open: @escaping @Sendable () async throws(LinkError) -> any Link & ~Copyable
) -> StationSetup {
    StationSetup(
        name: "pad-1",
        role: .pad,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1),
        openLink: open
    )
}

@Test func `a reader that falls silent is given up after one look and one question`() async throws {
    let silence = Silence()
    let station = TestBranch.station(
        setup { () async throws(LinkError) -> any Link & ~Copyable in
            SilencedLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([])), silence)
        },
        time: ManualTime()
    )
    try await TestBranch.running(station) {
        silence.fall()
        try await waited {
            if case .online = await station.report.state { return false }
            return true
        }
    }
    // A look waits 3.2 s and a question 1 s: together under five.
    #expect((1...4).contains(silence.count))
}

@Test(.timeLimit(.minutes(10)), arguments: StationRole.allCases)
func `what lay in front of a reader that is lost is told to have left`(_ role: StationRole) async throws {
    let silence = Silence()
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let setup = StationSetup(
        name: "reader-1",
        role: role,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        SilencedLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([tag])), silence)
    }
    let last = Mutex<StationRound?>(nil)
    let station = TestBranch.station(setup, time: ManualTime(), deliver: { round in last.withLock { $0 = round } })
    try await TestBranch.running(station) {
        try await waited { last.withLock { $0?.present } == [tag.uid] }
        silence.fall()
        try await waited { last.withLock { $0?.left } == [tag.uid] }
    }
    let round = try #require(last.withLock { $0 })
    #expect(round.arrived.isEmpty && round.heard.isEmpty && round.present.isEmpty)
    // Nobody was asked, and nobody answered.
    #expect(round.isSilent && !round.isForAll)
}

@Test(.timeLimit(.minutes(10)))
func `a reader that is let go while it is asked was not lost, and whoever comes behind hears why`() async throws {
    let silence = Silence()
    let station = TestBranch.station(
        setup { () async throws(LinkError) -> any Link & ~Copyable in
            AwaitedLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([])), silence)
        },
        time: ManualTime()
    )
    try await TestBranch.running(station) {
        silence.fall()
        try await waited { silence.count > 0 }
    }
    #expect(await station.trouble == nil)
    let cause = "it was taken away, or the service is stopping"
    await #expect(throws: StationError.offline(name: "pad-1", cause: cause)) { try await station.perform { _ in } }
}

@Test func `a reader that was plugged in again is opened at once, not at the end of the pause`() async throws {
    let attempts = Mutex(0)
    let slept = Mutex<[Duration]>([])
    let woken = Mutex<Station?>(nil)
    let time = Timekeeper(
        now: { Moment(milliseconds: 1) },
        sleep: { duration in
            try Task.checkCancellation()
            slept.withLock { $0.append(duration) }
            if let station = woken.withLock({ $0 }) { await station.wake() }
            await Task.yield()
        }
    )
    let station = Station(
        setup: setup { () async throws(LinkError) -> any Link & ~Copyable in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            // Six attempts make pauses of six seconds.
            if attempt < 7 { throw .absent(device: "/dev/ttyUSB9", hint: "plug it in") }
            return LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([]))
        },
        time: time,
        logger: TestBranch.logger,
        knows: { _ in false },
        deliver: { _ in },
        announce: { _ in }
    )
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await station.run() }
        let wasTried = await eventually { attempts.withLock { $0 } >= 6 }
        #expect(wasTried)
        woken.withLock { $0 = station }
        let isOnline = await eventually {
            if case .online = await station.report.state { return true }
            return false
        }
        #expect(isOnline)
        group.cancelAll()
    }
    woken.withLock { $0 = nil }
    // No step of a pause is longer than it takes to notice, and none of the pauses was longer than ten seconds.
    #expect(slept.withLock { $0.allSatisfy { $0 <= .milliseconds(250) } })
    var backoff = Backoff()
    #expect((0..<20).allSatisfy { _ in backoff.next(1) <= .seconds(10) })
}

@Test(.timeLimit(.minutes(10)))
func `a stack that is laid down book by book is told once, whole`() async throws {
    let tags = try (1...3).map { try TestBranch.tag("100000013\($0)", serial: UInt64($0)) }
    let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
    let station = TestBranch.station(
        setup { () async throws(LinkError) -> any Link & ~Copyable in
            LoopbackLink(FEIGTwin(.pad), over: GrowingField(tags))
        },
        time: ManualTime(),
        deliver: { heard.yield($0) }
    )
    let round = try await TestBranch.running(station) {
        var iterator = rounds.makeAsyncIterator()
        return try #require(await iterator.next())
    }
    #expect(Set(round.arrived.map(\.uid)) == Set(tags.map(\.uid)))
    #expect(round.arrived.allSatisfy { if case .read = $0.content { true } else { false } })
}

@Test(.timeLimit(.minutes(10)))
func `a recording begins with the opening and replays as it is`() async throws {
    let (opened, open) = AsyncStream.makeStream(of: Void.self)
    let time = ManualTime()
    let keeper = Timekeeper(
        now: { time.keeper.now() },
        sleep: { duration in
            if duration == .seconds(7) {
                // Until the line was opened afresh and used for a while.
                var iterator = opened.makeAsyncIterator()
                _ = await iterator.next()
                _ = await iterator.next()
                for _ in 0..<200 { await Task.yield() }
            }
            try await time.keeper.sleep(.milliseconds(1))
        }
    )
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let station = Station(
        setup: setup { () async throws(LinkError) -> any Link & ~Copyable in
            open.yield()
            return LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([tag]))
        },
        time: keeper,
        logger: TestBranch.logger,
        knows: { _ in false },
        deliver: { _ in },
        announce: { _ in }
    )
    let text = try await TestBranch.running(station) { try await station.record(for: .seconds(7)) }
    let transcript = try Transcript(parsing: text)
    #expect(transcript.driver == "feig")
    #expect(transcript.calls.contains { $0.call == .inventory(afi: nil) })
    #expect(try await transcript.replayed() == [])
}

@Test func `a place is asked with one driver after another, and never what was not listed`() async throws {
    let opened = Mutex<[String]>([])
    func place(_ twin: @escaping @Sendable () -> any ReaderTwin) -> ProbePlace {
        ProbePlace(name: "serial /dev/ttyUSB1", drivers: [FEIGDriver.self, ThreeMDriver.self]) {
            identity throws(LinkError) -> any Link & ~Copyable in
            opened.withLock { $0.append(identity.name) }
            return LoopbackLink(twin(), over: TestBranch.field([]))
        }
    }
    let found = await ReaderProbe(places: [place { ThreeMTwin(.model810) }]).run()
    guard case .found("3m", "3M 810", "5.0.2")? = found.first?.end else {
        Issue.record("found \(found), wanted a 3M pad")
        return
    }
    #expect(opened.withLock { $0 } == ["feig", "3m"])
    let silent = await ReaderProbe(places: [place { RL866Twin() }]).run()
    guard case .silent(asked: ["feig", "3m"])? = silent.first?.end else {
        Issue.record("found \(silent), wanted silence")
        return
    }
    // The first driver is hung up on.
    let picky = ProbePlace(name: "tcp 192.0.2.7:10001", drivers: [FEIGDriver.self, ThreeMDriver.self]) {
        identity throws(LinkError) -> any Link & ~Copyable in
        if identity.name == FEIGDriver.identity.name { return HangingUp() }
        return LoopbackLink(ThreeMTwin(.model810), over: TestBranch.field([]))
    }
    guard case .found("3m", "3M 810", "5.0.2")? = await ReaderProbe(places: [picky]).run().first?.end else {
        Issue.record("wanted the pad behind the driver that is hung up on")
        return
    }
    let closed = ProbePlace(name: "serial /dev/ttyUSB2", drivers: [FEIGDriver.self]) {
        _ throws(LinkError) -> any Link & ~Copyable in
        throw .absent(device: "/dev/ttyUSB2", hint: "plug it in")
    }
    guard
        case .unreachable("/dev/ttyUSB2: not there", hint: "plug it in")? = await ReaderProbe(places: [closed]).run()
            .first?.end
    else {
        Issue.record("wanted the reason why the line does not open")
        return
    }
    #expect(await ReaderProbe().run().isEmpty)
}
