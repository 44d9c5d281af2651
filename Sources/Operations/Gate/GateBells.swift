package import Library
package import Wire

/// Makes alarms heard and seen: holds the output lines of all gates, plays their patterns, and obeys the fire contact.
///
/// Nothing here waits for a disk, a network or another part of the program. The fire contact needs this actor and the
/// lines alone: an edge comes in, everything goes off.
package actor GateBells {
    /// An output of a gate: `siren` of `gate-1` is the line `gate-1 siren`, and `siren` alone serves all gates.
    package struct Wiring: Hashable, Sendable {
        /// The line's name among the lines.
        package var line: String
        /// The output's name in patterns: `siren`, `lamp`, `buzzer`, `desk`, `barrier`.
        package var output: String
        /// `nil`: all gates.
        package var gate: String?
        /// Whether setting the line only leaves an order: what came of it is told by ``GateBells/tell(_:cause:)``.
        package var isOrdered: Bool

        package init(line: String, output: String, gate: String?, isOrdered: Bool = false) {
            self.line = line
            self.output = output
            self.gate = gate
            self.isOrdered = isOrdered
        }
    }

    /// The names of inputs.
    package enum Input: String, Sendable, CaseIterable {
        /// Opens when there is a fire.
        case fire
        /// A button that mutes for a while.
        case mute
        /// A key that silences its gate, or all, while it is turned, ``GateOutputs/longestMute`` at most.
        case key
        case innerBeam = "inner beam"
        case outerBeam = "outer beam"
    }

    /// Something that an input did; the fire contact has done its work by then.
    package enum Event: Hashable, Sendable {
        case fire(Bool)
        case muted(Duration)
        case key(Bool)
        /// A light beam of a gate; `nil` when it belongs to all.
        case beam(inner: Bool, gate: String?)
        /// A line of these gates could not be switched.
        case broken(line: String, gates: [String], cause: String)
        /// A line that was broken was switched again.
        case whole(line: String, gates: [String])
        /// An input of these gates is heard no more; without a cause it is heard again.
        case deaf(input: String, gates: [String], cause: String?)
    }

    /// How long the mute button mutes.
    package static let buttonMute: Duration = .seconds(600)
    /// While something plays the next change is looked for this often at least.
    private static let step: Duration = .milliseconds(50)
    /// How soon it is tried again to switch a line that could not be switched; twice as late each time, since a reader
    /// that refuses its output is kept from looking by each order.
    private static let retryAfter: Duration = .milliseconds(500)
    private static let latestRetry: Duration = .seconds(60)
    /// Events that wait for the logbook; more of them tell nothing new.
    private static let mostEvents = 256

    private var lines: any Lines & ~Copyable
    private var gates: [String: GateOutputs] = [:]
    /// The lines of each gate's outputs.
    private var wires: [String: [String: [String]]] = [:]
    private let allLines: [String]
    /// Lines of which setting says nothing.
    private let orderedLines: Set<String>
    private let time: Timekeeper
    private let hour: @Sendable (Moment) -> Int
    private let seat: Seat
    package nonisolated var unownedExecutor: UnownedSerialExecutor { seat.executor }
    private var hourNow: (hour: Int, until: Duration)?
    private var broken: Set<String> = []
    /// Lines that could not be switched, and when that is tried again: no siren sounds on for want of another alarm, and
    /// none stays silent because its first order was lost.
    private var stuck: [String: Duration] = [:]
    /// How often each of them has failed since it was switched last.
    private var failures: [String: Int] = [:]
    /// The rest until a line is tried again, while it lasts; its end wakes whoever plays.
    private var resting: AsyncStream<Void>.Continuation?
    /// The fire contacts that are open, by the names of their lines: each gate may have its own.
    private var fires: Set<String> = []
    private let starts: AsyncStream<Void>
    private let start: AsyncStream<Void>.Continuation
    private let edges: AsyncStream<LineEdge>
    private let losses: AsyncStream<LineLoss>
    /// What inputs did and which outputs fail; one listener, and the newest 256 are kept for it.
    package nonisolated let events: AsyncStream<Event>
    private let report: AsyncStream<Event>.Continuation

    /// Takes lines of any kind and not `any` lines: where the optimizer of Swift 6.3.1 knows the kind, it copies what it
    /// wraps, which must not be copied and ends the program.
    ///
    /// - Parameters:
    ///   - edges: the changes of the lines' inputs.
    ///   - losses: inputs whose chip is gone, and back again.
    ///   - sounding: by gate; the standard where a gate is not named.
    ///   - hour: the hour of the day in local time, 0 to 23.
    ///   - seat: the thread of the gates.
    package init<Given: Lines & ~Copyable>(
        _ lines: consuming Given,
        edges: AsyncStream<LineEdge>,
        losses: AsyncStream<LineLoss> = AsyncStream { $0.finish() },
        gates names: [String],
        wiring: [Wiring],
        sounding: [String: GateSounding] = [:],
        hour: @escaping @Sendable (Moment) -> Int = { _ in 12 },
        time: Timekeeper,
        seat: Seat = Seat()
    ) {
        self.lines = consume lines
        self.edges = edges
        self.losses = losses
        self.time = time
        self.hour = hour
        self.seat = seat
        allLines = wiring.map(\.line)
        orderedLines = Set(wiring.filter(\.isOrdered).map(\.line))
        for gate in names {
            var outputs: [String: [String]] = [:]
            for wire in wiring where wire.gate == nil || wire.gate == gate {
                outputs[wire.output, default: []].append(wire.line)
            }
            wires[gate] = outputs
            gates[gate] = GateOutputs(sounding[gate] ?? GateSounding(), outputs: Set(outputs.keys))
        }
        (starts, start) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (events, report) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.mostEvents))
    }

    /// Begins a pattern at a gate. Returns why it is quieter than it could be; `nil` when it is not.
    package func signal(_ signal: GateSignal, at gate: String) -> GateQuiet? {
        guard var outputs = gates[gate] else { return nil }
        let uptime = time.uptime()
        let (switching, quiet) = outputs.signal(signal, at: uptime, hour: hourOfDay(at: uptime))
        gates[gate] = outputs
        perform(switching, at: gate)
        if outputs.next != nil { wake() }
        return quiet
    }

    /// Mutes one gate or all for a while; it ends by itself.
    package func mute(_ gate: String?, for duration: Duration) { mute(gate, for: duration, by: .hand) }

    private func mute(_ gate: String?, for duration: Duration, by muter: GateOutputs.Muter) {
        for name in gates.keys.sorted() where gate == nil || gate == name {
            perform(gates[name]?.mute(for: duration, at: time.uptime(), by: muter) ?? [], at: name)
        }
    }

    /// Ends the mute of one gate, or of all when `gate` is `nil`, whoever began it.
    package func unmute(_ gate: String?) {
        for name in gates.keys where gate == nil || gate == name { gates[name]?.unmute() }
    }

    /// How much longer a gate is muted; zero when it is not.
    package func muteRest(_ gate: String) -> Duration {
        let rest = gates[gate]?.mutedUntil.map { $0 - time.uptime() } ?? .zero
        return max(.zero, rest)
    }

    /// Whether the fire contact is open: no gate sounds then.
    package var isFire: Bool { gates.values.contains { $0.isFire } }

    /// The outputs of a gate, by their names in patterns.
    package func outputs(of gate: String) -> [String] { (wires[gate] ?? [:]).keys.sorted() }

    /// Switches off again what is off, so that an adapter that is gone is told before an alarm needs it. Outputs of
    /// readers are left alone: that a reader is gone is told anyway.
    package func check() {
        for line in allLines where !orderedLines.contains(line) && !isWanted(line) { set(line, to: false) }
    }

    /// Looks at once, as ``check()`` does, because a chip has come or gone; what fails is tried again soon, since the
    /// word of a chip comes before the right to open it.
    package func chipsMoved() {
        for line in stuck.keys where !orderedLines.contains(line) { failures[line] = nil }
        hurry()
        check()
    }

    /// Plays patterns to their end and obeys inputs, until cancelled; then everything is off.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.play() }
            group.addTask { await self.listen() }
            group.addTask { await self.miss() }
            await group.waitForAll()
        }
        makeSafe()
    }

    /// Everything off.
    package func makeSafe() {
        for gate in gates.keys { _ = gates[gate]?.allOff() }
        for line in allLines { set(line, to: false) }
    }

    private func play() async {
        for await _ in starts {
            while let next = nextChange {
                guard await rest(until: next) else { return }
                let uptime = time.uptime()
                for gate in gates.keys { perform(gates[gate]?.due(at: uptime) ?? [], at: gate) }
                switchAgain(at: uptime)
            }
        }
    }

    /// Waits for the next change; false when cancelled. While something plays it waits in short steps: another output
    /// may begin, and end earlier, meanwhile. Where only a line is to be tried again nobody is awake before its time,
    /// unless something begins.
    private func rest(until next: Duration) async -> Bool {
        let time = time
        let pause = max(next - time.uptime(), .zero)
        guard gates.values.allSatisfy({ $0.next == nil }) else {
            return (try? await time.sleep(min(pause, Self.step))) != nil
        }
        let (news, resting) = AsyncStream.makeStream(of: Void.self)
        self.resting = resting
        let isGoingOn = await withTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await time.sleep(pause)) != nil }
            group.addTask {
                for await _ in news {}
                return !Task.isCancelled
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        self.resting = nil
        return isGoingOn
    }

    /// Something has begun, or has to be done sooner than was thought.
    private func wake() {
        start.yield()
        resting?.finish()
    }

    /// When there is something to do next; `nil` while nothing is going on.
    private var nextChange: Duration? {
        (gates.values.compactMap(\.next) + stuck.values).min()
    }

    private func switchAgain(at uptime: Duration) {
        for line in stuck.filter({ $0.value <= uptime }).keys.sorted() {
            let wanting = wires.flatMap { gate, outputs in
                outputs.filter { output, lines in lines.contains(line) && gates[gate]?.wantsOn(output) == true }
                    .map { (gate, $0.key) }
            }
            guard set(line, to: !wanting.isEmpty) else { continue }
            for (gate, output) in wanting { gates[gate]?.regained(output) }
        }
    }

    /// How a line stands is not known.
    private func noteStuck(_ line: String) {
        let count = failures[line, default: 0]
        failures[line] = min(count + 1, 8)
        stuck[line] = time.uptime() + min(Self.retryAfter * (1 << count), Self.latestRetry)
        wake()
    }

    /// Tries every line that could not be switched now: an adapter is back.
    private func hurry() {
        let uptime = time.uptime()
        for line in stuck.keys where !orderedLines.contains(line) { stuck[line] = uptime }
        if !stuck.isEmpty { wake() }
    }

    private func listen() async {
        for await edge in edges { take(edge) }
    }

    /// A fire contact that nobody hears looks like one that is closed: staff have to know.
    private func miss() async {
        for await loss in losses {
            // A chip that is heard again may carry the siren that an alarm waits for.
            if loss.cause == nil { hurry() }
            for input in loss.inputs {
                let gate = Self.input(input).gate
                report.yield(.deaf(input: input, gates: gate.map { [$0] } ?? gates.keys.sorted(), cause: loss.cause))
            }
        }
    }

    /// An input changed. The fire contact comes first and asks nobody.
    private func take(_ edge: LineEdge) {
        let name = Self.input(edge.input)
        if name.input == .fire {
            if edge.active { for line in allLines { set(line, to: false) } }
            if edge.active { fires.insert(edge.input) } else { fires.remove(edge.input) }
            // One contact that closes says nothing of another that is open.
            for gate in gates.keys { _ = gates[gate]?.fire(!fires.isEmpty) }
            report.yield(.fire(!fires.isEmpty))
            return
        }
        switch name.input {
        case .mute where edge.active:
            mute(name.gate, for: Self.buttonMute)
            report.yield(.muted(Self.buttonMute))
        case .key:
            if edge.active {
                mute(name.gate, for: GateOutputs.longestMute, by: .key)
            } else {
                for gate in gates.keys where name.gate == nil || name.gate == gate { gates[gate]?.unmute(.key) }
            }
            report.yield(.key(edge.active))
        case .innerBeam where edge.active, .outerBeam where edge.active:
            report.yield(.beam(inner: name.input == .innerBeam, gate: name.gate))
        default: break
        }
    }

    /// `gate-1 inner beam` is the inner beam of `gate-1`, `fire` the fire contact of all.
    private static func input(_ name: String) -> (input: Input?, gate: String?) {
        for input in Input.allCases where name.hasSuffix(input.rawValue) {
            let gate = name.dropLast(input.rawValue.count).reversed().drop { $0 == " " }.reversed()
            return (input, gate.isEmpty ? nil : String(gate))
        }
        return (nil, nil)
    }

    private func perform(_ switching: [GateOutputs.Switching], at gate: String) {
        for change in switching {
            for line in wires[gate]?[change.output] ?? [] {
                // What serves several gates stays on until the last of them has no more use for it.
                if !change.on, isWanted(line, besides: gate) { continue }
                // However long an adapter was gone, while it is needed it is tried again soon. A reader is not: each
                // order keeps it from looking.
                if change.on, !orderedLines.contains(line) { failures[line] = nil }
                if !set(line, to: change.on) { gates[gate]?.lost(change.output) }
            }
        }
    }

    /// Whether an output is on by this line, or should be: one that could not be switched on is tried again.
    private func isWanted(_ line: String, besides gate: String? = nil) -> Bool {
        wires.contains { name, outputs in
            guard name != gate, let found = gates[name] else { return false }
            return outputs.contains { output, lines in
                lines.contains(line) && (found.isOn(output) || found.wantsOn(output))
            }
        }
    }

    /// Returns whether it was switched, or ordered.
    @discardableResult
    private func set(_ line: String, to on: Bool) -> Bool {
        do throws(LineError) {
            try lines.set(line, to: on)
            stuck[line] = nil
            guard !orderedLines.contains(line) else { return true }
            failures[line] = nil
            note(line, cause: nil)
            return true
        } catch {
            note(line, cause: "\(error)")
            noteStuck(line)
            return false
        }
    }

    /// What came of the last order for a line that is ``Wiring/isOrdered``: `nil` when it was switched, or why it was
    /// not.
    package func tell(_ line: String, cause: String?) {
        note(line, cause: cause)
        guard cause != nil else {
            failures[line] = nil
            return
        }
        for (gate, outputs) in wires {
            for (output, lines) in outputs where lines.contains(line) { gates[gate]?.lost(output) }
        }
        noteStuck(line)
    }

    /// Said by whoever takes the events: a log that blocks has no place on the way to the other lines.
    private func note(_ line: String, cause: String?) {
        if let cause {
            guard broken.insert(line).inserted else { return }
            report.yield(.broken(line: line, gates: gates(of: line), cause: cause))
        } else if broken.remove(line) != nil {
            report.yield(.whole(line: line, gates: gates(of: line)))
        }
    }

    private func gates(of line: String) -> [String] {
        wires.keys.sorted().filter { wires[$0]?.values.contains { $0.contains(line) } == true }
    }

    /// The hour, looked up once in a minute: a calendar is no work for the moment of an alarm.
    private func hourOfDay(at uptime: Duration) -> Int {
        if let hourNow, uptime < hourNow.until { return hourNow.hour }
        let found = hour(time.now())
        hourNow = (found, uptime + .seconds(60))
        return found
    }
}
