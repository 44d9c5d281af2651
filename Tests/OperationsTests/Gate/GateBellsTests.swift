import Library
import Operations
import Synchronization
import Testing
import Wire

/// Lines that remember what was switched.
private struct RememberedLines: Lines, ~Copyable {
    final class Log: Sendable {
        let entries = Mutex<[String]>([])
        var list: [String] { entries.withLock { $0 } }
    }

    let log: Log
    var inputs: [LineEdge] = []

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard output != "gate-2 siren" else { throw .unknown(name: output, known: ["gate-1 siren"]) }
        log.entries.withLock { $0.append("\(output) \(on ? "on" : "off")") }
    }

    func edges() -> AsyncStream<LineEdge> {
        AsyncStream { continuation in
            for edge in inputs { continuation.yield(edge) }
            continuation.finish()
        }
    }
}

private func bells(_ log: RememberedLines.Log, inputs: [LineEdge] = []) -> GateBells {
    let lines = RememberedLines(log: log, inputs: inputs)
    let edges = lines.edges()
    return GateBells(
        lines,
        edges: edges,
        gates: ["gate-1", "gate-2", "gate-3"],
        wiring: [
            GateBells.Wiring(line: "gate-1 siren", output: "siren", gate: "gate-1"),
            GateBells.Wiring(line: "gate-2 siren", output: "siren", gate: "gate-2"),
            GateBells.Wiring(line: "desk", output: "desk", gate: nil),
        ],
        time: ManualTime().keeper
    )
}

private func playing(_ bells: GateBells, until done: @escaping @Sendable () -> Bool) async {
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await bells.run() }
        let isDone = await eventually { done() }
        #expect(isDone)
        group.cancelAll()
    }
}

@Test(.timeLimit(.minutes(10)))
func `an alarm rings at once, the siren ends before the desk, and both by themselves`() async {
    let log = RememberedLines.Log()
    let bells = bells(log)
    #expect(await bells.signal(.alarm, at: "gate-1") == nil)
    #expect(Set(log.list) == ["gate-1 siren on", "desk on"])
    await playing(bells) { log.list.contains("desk off") }
    #expect(Array(log.list.dropFirst(2).prefix(2)) == ["gate-1 siren off", "desk off"])
}

@Test func `a siren of all gates sounds until the last of them is silent`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        RememberedLines(log: log),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1", "gate-3"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: nil)],
        time: ManualTime().keeper
    )
    _ = await bells.signal(.alarm, at: "gate-1")
    _ = await bells.signal(.alarm, at: "gate-3")
    await bells.mute("gate-1", for: .seconds(60))
    #expect(!log.list.contains("siren off"))
    await bells.mute("gate-3", for: .seconds(60))
    #expect(log.list.last == "siren off")
}

@Test(.timeLimit(.minutes(10)))
func `a service that stops leaves no siren on`() async {
    let log = RememberedLines.Log()
    let bells = bells(log)
    _ = await bells.signal(.alarm, at: "gate-1")
    await playing(bells) { true }
    #expect(log.list.suffix(2) == ["gate-1 siren off", "desk off"])
}

@Test(.timeLimit(.minutes(10)))
func `a gate without outputs of its own uses the common ones, and a broken line stops nobody`() async {
    let log = RememberedLines.Log()
    let bells = bells(log)
    _ = await bells.signal(.alarm, at: "gate-9")
    #expect(log.list == [])
    _ = await bells.signal(.alarm, at: "gate-2")
    _ = await bells.signal(.alarm, at: "gate-2")
    #expect(log.list == ["desk on"])
    var events = bells.events.makeAsyncIterator()
    guard case .broken(let line, let gates, let cause) = await events.next() else {
        Issue.record("wanted the broken line to be told")
        return
    }
    #expect(line == "gate-2 siren" && gates == ["gate-2"] && cause.contains("gate-1 siren"))
}

@Test(.timeLimit(.minutes(10)))
func `the fire contact silences everything, and nothing sounds while it is open`() async {
    let log = RememberedLines.Log()
    let edges = [LineEdge(input: "fire", active: true, nanoseconds: 1)]
    let bells = bells(log, inputs: edges)
    _ = await bells.signal(.bulk, at: "gate-1")
    await playing(bells) { log.list.contains("gate-1 siren off") }
    #expect(await bells.isFire)
    let before = log.list.count
    #expect(await bells.signal(.bulk, at: "gate-1") == .fire)
    #expect(log.list.count == before)
}

@Test(.timeLimit(.minutes(10)))
func `as long as one of two fire contacts is open nothing sounds`() async {
    func contact(_ name: String, _ active: Bool) -> LineEdge { LineEdge(input: name, active: active, nanoseconds: 1) }
    let log = RememberedLines.Log()
    let bells = bells(log, inputs: [contact("fire", true), contact("gate-1 fire", true), contact("fire", false)])
    await playing(bells) { true }
    var told: [GateBells.Event] = []
    for await event in bells.events {
        if case .fire = event { told.append(event) }
        if told.count == 3 { break }
    }
    #expect(told == [.fire(true), .fire(true), .fire(true)])
    #expect(await bells.isFire)
    #expect(await bells.signal(.alarm, at: "gate-1") == .fire)
    #expect(!log.list.contains("gate-1 siren on"))
}

/// A line that fails at some of its first switchings.
private struct StubbornLines: Lines, ~Copyable {
    let log: RememberedLines.Log
    /// Which of them, counted from 1.
    let failing: Set<Int>

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        log.entries.withLock { $0.append("\(output) \(on ? "on" : "off")") }
        if failing.contains(log.list.count) { throw .chipGone(name: "relay") }
    }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}

@Test(.timeLimit(.minutes(10)), arguments: [true, false])
func `a siren that would not go off is switched off again, by itself`(_ isFire: Bool) async {
    let log = RememberedLines.Log()
    let fire = LineEdge(input: "fire", active: true, nanoseconds: 1)
    let bells = GateBells(
        StubbornLines(log: log, failing: [2, 3]),
        edges: AsyncStream { edges in
            if isFire { edges.yield(fire) }
            edges.finish()
        },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: ManualTime().keeper
    )
    _ = await bells.signal(.alarm, at: "gate-1")
    await playing(bells) { log.list.count >= 4 }
    #expect(log.list.prefix(4) == ["siren on", "siren off", "siren off", "siren off"])
    var told: [GateBells.Event] = []
    for await event in bells.events {
        told.append(event)
        if case .whole = event { break }
    }
    #expect(told.contains { if case .broken(line: "siren", gates: ["gate-1"], cause: _) = $0 { true } else { false } })
}

@Test(.timeLimit(.minutes(10))) func `a siren that would not go on is switched on again while its alarm lasts`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        StubbornLines(log: log, failing: [1, 2]),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: ManualTime().keeper
    )
    _ = await bells.signal(.alarm, at: "gate-1")
    await playing(bells) { log.list.count >= 4 }
    #expect(log.list.prefix(4) == ["siren on", "siren on", "siren on", "siren off"])
}

@Test(.timeLimit(.minutes(10)))
func `a siren that would not go on is not given up because the adapter is looked after meanwhile`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        StubbornLines(log: log, failing: [1]),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: ManualTime().keeper
    )
    _ = await bells.signal(.alarm, at: "gate-1")
    await bells.check()
    await playing(bells) { log.list.count >= 3 }
    #expect(log.list.prefix(3) == ["siren on", "siren on", "siren off"])
}

/// A clock that goes on by what is slept and by nothing else. Who wants to sleep longer than `longest`, or beyond the
/// end, sleeps until somebody wakes them.
private final class SleptTime: Sendable {
    private let state = Mutex((now: Duration.zero, sleeps: 0))
    private let longest: Duration
    private let end: Duration

    init(longest: Duration, end: Duration) {
        self.longest = longest
        self.end = end
    }

    var now: Duration { state.withLock { $0.now } }
    var sleeps: Int { state.withLock { $0.sleeps } }

    var keeper: Timekeeper {
        Timekeeper(
            now: { Moment(milliseconds: 1_700_000_000_000) + self.now },
            sleep: { duration in
                try Task.checkCancellation()
                let isAsleep = self.state.withLock { state in
                    guard duration <= self.longest, state.now < self.end else { return true }
                    state = (state.now + duration, state.sleeps + 1)
                    return false
                }
                if isAsleep { try await Task.sleep(for: .seconds(3600)) }
                await Task.yield()
            },
            uptime: { self.now }
        )
    }
}

@Test(.timeLimit(.minutes(10))) func `a line that fails for an hour is no reason to be awake all the time`() async {
    let time = SleptTime(longest: .seconds(3600), end: .seconds(3600))
    let bells = GateBells(
        RememberedLines(log: RememberedLines.Log()),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-2"],
        wiring: [GateBells.Wiring(line: "gate-2 siren", output: "siren", gate: "gate-2")],
        time: time.keeper
    )
    await bells.check()
    await playing(bells) { time.now >= .seconds(3600) }
    // Half a second, one, two and so on to a minute apart.
    #expect((50...200).contains(time.sleeps), "woke \(time.sleeps) times")
}

@Test(.timeLimit(.minutes(10))) func `an alarm that begins while a broken line is waited for sounds and ends`() async {
    let log = RememberedLines.Log()
    let time = SleptTime(longest: .milliseconds(50), end: .seconds(3600))
    let bells = GateBells(
        RememberedLines(log: log),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1", "gate-2"],
        wiring: [
            GateBells.Wiring(line: "gate-1 siren", output: "siren", gate: "gate-1"),
            GateBells.Wiring(line: "gate-2 siren", output: "siren", gate: "gate-2"),
        ],
        time: time.keeper
    )
    await bells.check()
    #expect(log.list == ["gate-1 siren off"])
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await bells.run() }
        _ = await bells.signal(.alarm, at: "gate-1")
        _ = await eventually { log.list.count >= 3 }
        #expect(log.list.prefix(3) == ["gate-1 siren off", "gate-1 siren on", "gate-1 siren off"])
        group.cancelAll()
    }
}

@Test(.timeLimit(.minutes(10)))
func `an adapter that was gone for long is tried again soon when an alarm needs it`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        StubbornLines(log: log, failing: Set(1...9)),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: ManualTime().keeper
    )
    for _ in 0..<8 { await bells.check() }
    _ = await bells.signal(.alarm, at: "gate-1")
    await playing(bells) { log.list.count >= 10 }
    #expect(log.list.dropFirst(8).prefix(2) == ["siren on", "siren on"])
}

@Test(.timeLimit(.minutes(10))) func `lines are tried at once when their adapter is heard again`() async {
    let log = RememberedLines.Log()
    let time = SleptTime(longest: .milliseconds(50), end: .seconds(3600))
    let bells = GateBells(
        StubbornLines(log: log, failing: Set(1...8)),
        edges: AsyncStream { $0.finish() },
        losses: AsyncStream { losses in
            losses.yield(LineLoss(inputs: ["fire"], cause: nil))
            losses.finish()
        },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: time.keeper
    )
    for _ in 0..<8 { await bells.check() }
    await playing(bells) { log.list.count >= 9 }
    #expect(time.now < .seconds(1))
    var events = bells.events.makeAsyncIterator()
    while let event = await events.next(), event != .whole(line: "siren", gates: ["gate-1"]) {}
}

@Test(.timeLimit(.minutes(10)))
func `a chip that is back after long is taken up soon, though it may not be opened at its first word`() async {
    let log = RememberedLines.Log()
    let time = SleptTime(longest: .seconds(1), end: .seconds(3600))
    let bells = GateBells(
        StubbornLines(log: log, failing: Set(1...10)),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: time.keeper
    )
    for _ in 0..<8 { await bells.check() }
    await bells.chipsMoved()
    #expect(log.list.count == 9)
    await playing(bells) { log.list.count >= 11 }
    #expect(time.now < .seconds(2))
    var events = bells.events.makeAsyncIterator()
    while let event = await events.next(), event != .whole(line: "siren", gates: ["gate-1"]) {}
}

@Test(.timeLimit(.minutes(10))) func `a siren waits for no pause when its chip is back during an alarm`() async {
    let log = RememberedLines.Log()
    // Nobody wakes who wants to sleep longer: half a second until the next attempt is too long.
    let time = SleptTime(longest: .milliseconds(10), end: .seconds(3600))
    let bells = GateBells(
        StubbornLines(log: log, failing: Set(1...9)),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
        time: time.keeper
    )
    for _ in 0..<8 { await bells.check() }
    _ = await bells.signal(.alarm, at: "gate-1")
    await bells.chipsMoved()
    #expect(log.list.count == 9)
    await playing(bells) { log.list.count >= 10 }
    #expect(log.list.dropFirst(8).prefix(2) == ["siren on", "siren on"])
}

@Test func `where a chip comes or goes and the lines are well, nothing sounds and nothing is told`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        RememberedLines(log: log),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [
            GateBells.Wiring(line: "gate-1 siren", output: "siren", gate: "gate-1"),
            GateBells.Wiring(line: "gate-1 relay", output: "lamp", gate: "gate-1", isOrdered: true),
        ],
        time: ManualTime().keeper
    )
    await bells.chipsMoved()
    // What is off is switched off once more; a reader's own output is left alone.
    #expect(log.list == ["gate-1 siren off"])
    _ = await bells.signal(.alarm, at: "gate-1")
    let sounding = log.list
    await bells.chipsMoved()
    #expect(log.list == sounding)
    await bells.tell("gate-1 relay", cause: "refused")
    var events = bells.events.makeAsyncIterator()
    #expect(await events.next() == .broken(line: "gate-1 relay", gates: ["gate-1"], cause: "refused"))
}

@Test(.timeLimit(.minutes(10))) func `an adapter that is gone is missed while nothing sounds`() async {
    let log = RememberedLines.Log()
    let bells = GateBells(
        StubbornLines(log: log, failing: [2]),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1"],
        wiring: [
            GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1"),
            GateBells.Wiring(line: "gate-1 relay", output: "lamp", gate: "gate-1", isOrdered: true),
        ],
        time: ManualTime().keeper
    )
    for _ in 0..<3 { await bells.check() }
    // A reader's own output is not asked for that.
    #expect(log.list == ["siren off", "siren off", "siren off"])
    var events = bells.events.makeAsyncIterator()
    guard case .broken(let line, let gates, _) = await events.next() else {
        Issue.record("wanted the broken line to be told")
        return
    }
    #expect(line == "siren" && gates == ["gate-1"])
    #expect(await events.next() == .whole(line: "siren", gates: ["gate-1"]))
    // What sounds is left to sound.
    _ = await bells.signal(.alarm, at: "gate-1")
    await bells.check()
    #expect(log.list.suffix(1) != ["siren off"])
}

@Test(.timeLimit(.minutes(10)))
func `the mute button mutes for ten minutes and no longer`() async {
    let log = RememberedLines.Log()
    let bells = bells(log, inputs: [LineEdge(input: "gate-1 mute", active: true, nanoseconds: 1)])
    await playing(bells) { true }
    var events = bells.events.makeAsyncIterator()
    while let event = await events.next(), event != .muted(GateBells.buttonMute) {}
    let rest = await bells.muteRest("gate-1")
    #expect(rest > .zero && rest <= GateBells.buttonMute)
    #expect(await bells.muteRest("gate-3") == .zero)
    #expect(await bells.signal(.alarm, at: "gate-1") == .muted)
    await bells.unmute(nil)
    #expect(await bells.signal(.alarm, at: "gate-1") == nil)
}

@Test(.timeLimit(.minutes(10)))
func `a key that is turned back leaves the mute of a button, and no other`() async {
    func key(_ active: Bool) -> LineEdge { LineEdge(input: "key", active: active, nanoseconds: 2) }
    let button = LineEdge(input: "gate-1 mute", active: true, nanoseconds: 1)
    let bells = bells(RememberedLines.Log(), inputs: [button, key(true), key(false)])
    await playing(bells) { true }
    var events = bells.events.makeAsyncIterator()
    while let event = await events.next(), event != .key(false) {}
    let rest = await bells.muteRest("gate-1")
    #expect(rest > .zero && rest <= GateBells.buttonMute)
    #expect(await bells.muteRest("gate-3") == .zero)
}

@Test(.timeLimit(.minutes(10)))
func `what came of an order is told of the line's gates, once, and its end too`() async {
    let bells = GateBells(
        RememberedLines(log: RememberedLines.Log()),
        edges: AsyncStream { $0.finish() },
        gates: ["gate-1", "gate-3"],
        wiring: [
            GateBells.Wiring(line: "gate-1 siren", output: "siren", gate: "gate-1", isOrdered: true),
            GateBells.Wiring(line: "desk", output: "desk", gate: nil, isOrdered: true),
        ],
        time: ManualTime().keeper
    )
    await bells.tell("gate-1 siren", cause: "refused")
    // The order for the next alarm is no proof that the siren sounds.
    _ = await bells.signal(.alarm, at: "gate-1")
    await bells.tell("gate-1 siren", cause: "refused")
    await bells.tell("desk", cause: "refused")
    await bells.tell("gate-1 siren", cause: nil)
    var events = bells.events.makeAsyncIterator()
    #expect(await events.next() == .broken(line: "gate-1 siren", gates: ["gate-1"], cause: "refused"))
    #expect(await events.next() == .broken(line: "desk", gates: ["gate-1", "gate-3"], cause: "refused"))
    #expect(await events.next() == .whole(line: "gate-1 siren", gates: ["gate-1"]))
}

@Test(.timeLimit(.minutes(10)))
func `a beam is told with its gate and its side`() async {
    let edges = [
        LineEdge(input: "gate-1 inner beam", active: true, nanoseconds: 1),
        LineEdge(input: "outer beam", active: true, nanoseconds: 2),
    ]
    let bells = bells(RememberedLines.Log(), inputs: edges)
    await playing(bells) { true }
    var found: [GateBells.Event] = []
    for await event in bells.events {
        if case .beam = event { found.append(event) }
        if found.count == 2 { break }
    }
    #expect(found == [.beam(inner: true, gate: "gate-1"), .beam(inner: false, gate: nil)])
}
