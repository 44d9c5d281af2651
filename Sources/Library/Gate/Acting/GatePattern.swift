/// What one event makes the outputs do: a siren for three seconds, a lamp for thirty, as data.
package struct GatePattern: Hashable, Sendable {
    /// What each output does, in any order; all times count from the pattern's beginning.
    package var strokes: [GateStroke]

    package init(_ strokes: [GateStroke]) {
        self.strokes = strokes
    }
}

/// What one output does within a pattern.
package struct GateStroke: Hashable, Sendable {
    /// How an output fills its stroke.
    package enum Shape: Hashable, Sendable {
        /// On from the beginning to the end.
        case steady
        /// On and off in turns; neither is shorter than ``GateStroke/shortestPulse``.
        case pulses(on: Duration, off: Duration)
        /// Ever shorter pulses: a line that only knows on and off fades like this.
        case fading
    }

    /// Name of the output: `siren`, `lamp`, `desk`.
    package var output: String
    /// From the pattern's beginning until the stroke begins.
    package var after: Duration
    /// How long it lasts, pauses between pulses included; ``longest`` at most.
    package var duration: Duration
    /// Whether it is on all the time, in pulses, or fades.
    package var shape: Shape

    package init(_ output: String, after: Duration = .zero, for duration: Duration, shape: Shape = .steady) {
        self.output = output
        self.after = after
        self.duration = duration
        self.shape = shape
    }

    /// No stroke lasts longer, whatever a file says.
    package static let longest: Duration = .seconds(300)
    /// No pulse is shorter: relays need their time.
    package static let shortestPulse: Duration = .milliseconds(50)
    private static let fadePeriod: Duration = .milliseconds(500)

    /// The changes of the output from the stroke's pattern's beginning on, at most `cap` long; ends switched off.
    func changes(cap: Duration?) -> [GateChange] {
        let end = after + min(duration, cap ?? Self.longest, Self.longest)
        guard end > after else { return [] }
        var changes: [GateChange] = []
        func pulse(_ start: Duration, _ length: Duration) {
            changes.append(GateChange(at: start, output: output, on: true))
            changes.append(GateChange(at: min(start + length, end), output: output, on: false))
        }
        switch shape {
        case .steady:
            pulse(after, end - after)
        case .pulses(let on, let off):
            let on = max(on, Self.shortestPulse)
            var start = after
            while start < end {
                pulse(start, on)
                start += on + max(off, Self.shortestPulse)
            }
        case .fading:
            var start = after
            while start < end {
                let rest = (end - start) / (end - after)
                pulse(start, max(Self.fadePeriod * rest * 0.9, Self.shortestPulse))
                start += Self.fadePeriod
            }
        }
        return changes
    }
}

/// One output switched at one time.
package struct GateChange: Hashable, Sendable {
    /// From the pattern's beginning on.
    package var at: Duration
    /// Name of the output: `siren`, `lamp`, `desk`.
    package var output: String
    /// What the output is switched to.
    package var on: Bool

    package init(at: Duration, output: String, on: Bool) {
        self.at = at
        self.output = output
        self.on = on
    }
}

/// What can make a gate's outputs do something.
package enum GateSignal: String, Hashable, Sendable, CaseIterable {
    case alarm
    /// Alarms follow each other closely.
    case escalated
    case bulk
    /// The gate itself is in trouble; for staff.
    case trouble
    /// A short sign that all outputs work.
    case test
}

extension GateSignal: Comparable {
    /// The graver one is the greater one.
    package static func < (left: GateSignal, right: GateSignal) -> Bool { left.gravity < right.gravity }

    private var gravity: Int {
        switch self {
        case .test: 0
        case .trouble: 1
        case .alarm: 2
        case .escalated: 3
        case .bulk: 4
        }
    }
}

/// How loud an hour may be.
package enum GateLoudness: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Lamps and the desk only.
    case silent
    /// Buzzers too.
    case soft
    /// Everything.
    case full

    package static func < (left: GateLoudness, right: GateLoudness) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .silent: 0
        case .soft: 1
        case .full: 2
        }
    }
}
