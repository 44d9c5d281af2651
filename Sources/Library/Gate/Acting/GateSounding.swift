/// How a site's gates sound and shine: patterns, loudness by hour, and what nobody has to bear for longer.
package struct GateSounding: Hashable, Sendable {
    /// What each event makes the outputs do; an event that is not named switches nothing.
    package var patterns: [GateSignal: GatePattern]
    /// From which loudness on an output may be used; an output that is not named counts as loud.
    package var loudness: [String: GateLoudness]
    /// 24 classes, from midnight in local time.
    package var hours: [GateLoudness]
    /// The longest that a loud output sounds at a stretch.
    package var loudCap: Duration
    /// The longest that loud outputs sound within a minute, all alarms together.
    package var loudPerMinute: Duration
    /// Alarms that follow each other like this make the next one ``GateSignal/escalated``.
    package var escalation: GateRate
    /// Whether a theft in bulk sounds in quiet hours too.
    package var bulkBreaksQuiet: Bool

    package init(
        patterns: [GateSignal: GatePattern] = GateSounding.standard,
        loudness: [String: GateLoudness] = GateSounding.standardLoudness,
        hours: [GateLoudness] = Array(repeating: .full, count: 24),
        loudCap: Duration = .seconds(10),
        loudPerMinute: Duration = .seconds(20),
        escalation: GateRate = GateRate(count: 3, within: .seconds(60)),
        bulkBreaksQuiet: Bool = true
    ) {
        self.patterns = patterns
        self.loudness = loudness
        self.hours = hours
        self.loudCap = loudCap
        self.loudPerMinute = loudPerMinute
        self.escalation = escalation
        self.bulkBreaksQuiet = bulkBreaksQuiet
    }

    /// A short siren, a lamp that outlasts it, the desk, and a barrier that is held shut for a moment.
    package static let standard: [GateSignal: GatePattern] = [
        .alarm: GatePattern([
            GateStroke("siren", for: .seconds(3)), GateStroke("lamp", for: .seconds(15)),
            GateStroke("buzzer", for: .seconds(3), shape: .pulses(on: .milliseconds(300), off: .milliseconds(300))),
            GateStroke("desk", for: .seconds(15)), GateStroke("barrier", for: .seconds(10)),
        ]),
        .escalated: GatePattern([
            GateStroke("siren", for: .seconds(6)), GateStroke("lamp", for: .seconds(30)),
            GateStroke("buzzer", for: .seconds(6)), GateStroke("desk", for: .seconds(30)),
            GateStroke("barrier", for: .seconds(10)),
        ]),
        .bulk: GatePattern([
            GateStroke("siren", for: .seconds(10)), GateStroke("buzzer", for: .seconds(10)),
            GateStroke(
                "lamp",
                for: .seconds(60),
                shape: .pulses(on: .milliseconds(250), off: .milliseconds(250))
            ),
            GateStroke("desk", for: .seconds(60)), GateStroke("barrier", for: .seconds(30)),
        ]),
        .trouble: GatePattern([
            GateStroke("desk", for: .seconds(30), shape: .pulses(on: .seconds(1), off: .seconds(1)))
        ]),
        // A barrier is left alone: somebody may stand in it.
        .test: GatePattern([
            GateStroke("lamp", for: .seconds(1)), GateStroke("desk", for: .seconds(1)),
            GateStroke("buzzer", after: .milliseconds(200), for: .milliseconds(200)),
            GateStroke("siren", after: .milliseconds(500), for: .milliseconds(200)),
        ]),
    ]

    /// The siren is loud, the buzzer soft; lamp, desk and barrier go on even while the gate is muted.
    package static let standardLoudness: [String: GateLoudness] = [
        "siren": .full, "buzzer": .soft, "lamp": .silent, "desk": .silent, "barrier": .silent,
    ]

    /// How loud it may be at an hour of the day, 0 to 23.
    package func loudness(at hour: Int) -> GateLoudness {
        hours.indices.contains(hour) ? hours[hour] : .full
    }

    /// The outputs that the patterns use.
    package var outputs: Set<String> { Set(patterns.values.flatMap { $0.strokes.map(\.output) }) }
}
