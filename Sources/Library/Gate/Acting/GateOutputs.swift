/// What a gate's outputs do from moment to moment: patterns, mute, caps, and the fire contact that wins over all.
///
/// All times are uptimes. Nothing here waits for anything: what has to be switched is returned.
package struct GateOutputs: Sendable {
    /// One output to be switched now.
    package struct Switching: Hashable, Sendable {
        /// Name of the output: `siren`, `lamp`, `desk`.
        package var output: String
        /// On and off as people mean them; which level of the wire that is, the adapter knows.
        package var on: Bool

        package init(_ output: String, _ on: Bool) {
            self.output = output
            self.on = on
        }
    }

    /// Who mutes.
    package enum Muter: Hashable, Sendable {
        /// Staff, by button or page.
        case hand
        /// A key that is turned.
        case key
    }

    private struct Program {
        var start: Duration
        var changes: [GateChange]
        var next = 0
        /// As its last change would have the output; `nil` before the first.
        var isOn: Bool?

        var nextAt: Duration? { next < changes.count ? start + changes[next].at : nil }
    }

    /// The longest mute; it ends by itself, always.
    package static let longestMute: Duration = .seconds(2 * 3600)

    /// The site's patterns, loudness by hour, and caps.
    package let sounding: GateSounding
    /// The outputs that there are; a pattern's other outputs are left out.
    package let outputs: Set<String>
    /// What goes on at each output, one program for each signal: the gravest has the output, and a milder one goes on
    /// behind it.
    private var programs: [String: [GateSignal: Program]] = [:]
    /// How each output stands.
    private var states: [String: Bool] = [:]
    /// Outputs that could not be switched when they were last: they may be on.
    private var unsure: Set<String> = []
    /// Whether the fire contact is open: as long as it is, nothing is switched on.
    package private(set) var isFire = false
    /// Uptimes at which the last mute of each ends, or ended by itself.
    private var mutes: [Muter: Duration] = [:]
    /// Uptime at which the last mute ends, or ended by itself; `nil` when there was none or it was taken back.
    package var mutedUntil: Duration? { mutes.values.max() }
    private var alarms: [Duration] = []
    /// Loud strokes lately: when, and how long.
    private var loud: [(at: Duration, length: Duration)] = []
    /// Patterns made ready, so that an alarm has nothing to work out.
    private let prepared: [GateSignal: [GateLoudness: [String: [GateChange]]]]

    /// Works out every pattern for every loudness; strokes of outputs that are not in `outputs` are left out.
    package init(_ sounding: GateSounding, outputs: Set<String>) {
        self.sounding = sounding
        self.outputs = outputs
        var prepared: [GateSignal: [GateLoudness: [String: [GateChange]]]] = [:]
        for (signal, pattern) in sounding.patterns {
            for loudness in GateLoudness.allCases {
                var changes: [String: [GateChange]] = [:]
                for stroke in pattern.strokes where outputs.contains(stroke.output) {
                    let needed = sounding.loudness[stroke.output] ?? .full
                    guard needed <= loudness else { continue }
                    changes[stroke.output, default: []] += stroke.changes(cap: needed == .full ? sounding.loudCap : nil)
                }
                prepared[signal, default: [:]][loudness] = changes.mapValues { $0.sorted { $0.at < $1.at } }
            }
        }
        self.prepared = prepared
    }

    /// Begins a pattern, and says what to switch at once and why it is quieter than it could be.
    ///
    /// A graver pattern that goes on keeps its outputs until it ends: no test tone cuts an alarm short.
    ///
    /// - Parameter hour: of the day in local time, 0 to 23.
    package mutating func signal(
        _ signal: GateSignal,
        at uptime: Duration,
        hour: Int
    ) -> (switch: [Switching], quiet: GateQuiet?) {
        guard !isFire else { return ([], .fire) }
        let signal = escalated(signal, at: uptime)
        var (loudness, quiet) = allowed(signal, at: uptime, hour: hour)
        if loudness == .full, !mayBeLoud(signal, at: uptime) {
            loudness = .soft
            quiet = .flood
        }
        for (output, changes) in prepared[signal]?[loudness] ?? [:] where !changes.isEmpty {
            programs[output, default: [:]][signal] = Program(start: uptime, changes: changes)
        }
        return (due(at: uptime), quiet)
    }

    /// What has to be switched by now.
    package mutating func due(at uptime: Duration) -> [Switching] {
        var switching: [Switching] = []
        for (output, running) in programs {
            var left = running
            var hasChanged = false
            for (signal, var program) in running {
                while let at = program.nextAt, at <= uptime {
                    program.isOn = program.changes[program.next].on
                    program.next += 1
                    hasChanged = true
                }
                left[signal] = program.nextAt == nil ? nil : program
            }
            programs[output] = left.isEmpty ? nil : left
            guard hasChanged, !isFire else { continue }
            let wanted = wantsOn(output)
            guard states[output] != wanted else { continue }
            states[output] = wanted
            unsure.remove(output)
            switching.append(Switching(output, wanted))
        }
        return switching
    }

    /// Whether the gravest of the patterns that have begun with an output wants it on, however it stands.
    package func wantsOn(_ output: String) -> Bool {
        guard !isFire, let running = programs[output] else { return false }
        return running.filter { $0.value.isOn != nil }.max { $0.key < $1.key }?.value.isOn ?? false
    }

    /// An output that could not be switched on is on after all.
    package mutating func regained(_ output: String) {
        states[output] = true
        unsure.remove(output)
    }

    /// Whether an output was switched on and not off again since, as far as is known.
    package func isOn(_ output: String) -> Bool { states[output] == true }

    /// An output could not be switched: how it stands is not known, and the next change switches it whatever it is.
    package mutating func lost(_ output: String) {
        states[output] = nil
        unsure.insert(output)
    }

    /// When ``due(at:)`` has something to do next; `nil` while nothing is going on.
    package var next: Duration? {
        programs.values.flatMap { $0.values.compactMap(\.nextAt) }.min()
    }

    /// The fire contact: everything off at once, which also releases barriers, and nothing on while it lasts.
    package mutating func fire(_ active: Bool) -> [Switching] {
        isFire = active
        return active ? allOff() : []
    }

    /// Silences buzzers and sirens for a while, at most ``longestMute``; lamps go on.
    package mutating func mute(for duration: Duration, at uptime: Duration, by muter: Muter = .hand) -> [Switching] {
        mutes[muter] = uptime + min(max(.zero, duration), Self.longestMute)
        var switching: [Switching] = []
        for output in outputs.sorted() where isAudible(output) {
            programs[output] = nil
            // What could not be switched may sound, even when its pattern is over.
            let isUnsure = unsure.remove(output) != nil
            guard isUnsure || states[output] == true else { continue }
            states[output] = false
            switching.append(Switching(output, false))
        }
        return switching
    }

    /// Ends a mute at once, whoever began it. Patterns that it silenced do not come back; the next alarm sounds.
    package mutating func unmute() {
        mutes = [:]
    }

    /// Ends the mute of one alone: of a key that is turned back nothing is left, what the other began goes on.
    package mutating func unmute(_ muter: Muter) {
        mutes[muter] = nil
    }

    /// Whether a mute is going on at this uptime: buzzers and sirens stay off.
    package func isMuted(at uptime: Duration) -> Bool {
        mutedUntil.map { uptime < $0 } ?? false
    }

    /// Everything off, for the end of the program.
    package mutating func allOff() -> [Switching] {
        programs = [:]
        states = [:]
        unsure = []
        return outputs.sorted().map { Switching($0, false) }
    }

    private func isAudible(_ output: String) -> Bool { (sounding.loudness[output] ?? .full) > .silent }

    private mutating func escalated(_ signal: GateSignal, at uptime: Duration) -> GateSignal {
        guard signal == .alarm, sounding.escalation.count > 0 else { return signal }
        alarms.removeAll { uptime - $0 >= sounding.escalation.within }
        let isMany = alarms.count >= sounding.escalation.count
        if !isMany { alarms.append(uptime) }
        return isMany ? .escalated : .alarm
    }

    private func allowed(_ signal: GateSignal, at uptime: Duration, hour: Int) -> (GateLoudness, GateQuiet?) {
        if isMuted(at: uptime) { return (.silent, .muted) }
        if signal == .bulk, sounding.bulkBreaksQuiet { return (.full, nil) }
        let loudness = sounding.loudness(at: hour)
        return (loudness, loudness == .full ? nil : .hour)
    }

    /// Keeps account of the noise of the last minute.
    private mutating func mayBeLoud(_ signal: GateSignal, at uptime: Duration) -> Bool {
        loud.removeAll { uptime - $0.at >= .seconds(60) }
        let strokes = sounding.patterns[signal]?.strokes ?? []
        let length =
            strokes.filter { (sounding.loudness[$0.output] ?? .full) == .full && outputs.contains($0.output) }
            .map { min($0.duration, sounding.loudCap) }.max() ?? .zero
        let sum = loud.reduce(Duration.zero) { $0 + $1.length }
        guard sum + length <= sounding.loudPerMinute else { return false }
        if length > .zero { loud.append((uptime, length)) }
        return true
    }
}
