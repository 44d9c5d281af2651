import Tags

/// Runs logged reads through a gate with other rules: would this have sounded last month?
package struct GateReplay: Sendable {
    /// What one alarm, then or now, came to.
    package struct Difference: Hashable, Sendable {
        /// The gate's name in the configuration: `gate-1`.
        package var gate: String
        /// When the read was made that sounds under one of the rules only.
        package var at: Moment
        /// Why it sounds under the one of the rules under which it does.
        package var reason: GateReason
        /// Whether it sounds when the reads are run through the rules in force.
        package var soundedThen: Bool
        /// Whether it sounds when the reads are run through the rules on trial.
        package var soundsNow: Bool
    }

    /// What came of running the reads through both: the rules in force (`then`) and those on trial (`now`).
    package struct Report: Hashable, Sendable {
        /// Reads that were run through.
        package var reads = 0
        /// Items that sound under the rules in force, each time it happens; quiet alarms do not count.
        package var alarmsThen = 0
        /// The same under the rules on trial.
        package var alarmsNow = 0
        /// Items that sound under the rules in force, by reason.
        package var reasonsThen: [GateReason: Int] = [:]
        /// The same under the rules on trial.
        package var reasonsNow: [GateReason: Int] = [:]
        /// What would have been different, oldest first; the first ``GateReplay/mostDifferences``.
        package var differences: [Difference] = []
    }

    /// Differences that a report lists at most; its counts go on beyond.
    package static let mostDifferences = 200

    /// - Parameters:
    ///   - reads: by time, the oldest first.
    ///   - then: the rules that were in force, to tell what sounded; `now`: those to try.
    package static func run(_ reads: [GateRead], then: GatePolicy, now: GatePolicy) -> Report {
        var old: [String: GateMachine] = [:]
        var new: [String: GateMachine] = [:]
        var report = Report()
        for read in reads {
            report.reads += 1
            let soundedThen = ring(read, &old, then)
            let soundsNow = ring(read, &new, now)
            for item in soundedThen { report.reasonsThen[item, default: 0] += 1 }
            for item in soundsNow { report.reasonsNow[item, default: 0] += 1 }
            report.alarmsThen += soundedThen.count
            report.alarmsNow += soundsNow.count
            guard soundedThen.isEmpty != soundsNow.isEmpty, report.differences.count < mostDifferences else { continue }
            report.differences.append(
                Difference(
                    gate: read.gate,
                    at: read.at,
                    reason: soundedThen.first ?? soundsNow.first ?? read.reason,
                    soundedThen: !soundedThen.isEmpty,
                    soundsNow: !soundsNow.isEmpty
                )
            )
        }
        return report
    }

    /// The reasons for which one read makes a gate ring; a quiet alarm does not count.
    private static func ring(
        _ read: GateRead,
        _ machines: inout [String: GateMachine],
        _ policy: GatePolicy
    ) -> [GateReason] {
        var machine = machines[read.gate] ?? GateMachine(gate: read.gate, policy: policy)
        let instant = GateInstant(moment: read.at, uptime: .milliseconds(read.at.milliseconds))
        let hearing = GateHearing(
            uid: read.tag,
            afi: read.afi,
            eas: read.eas,
            antenna: read.antenna,
            facts: read.facts
        )
        let actions = machine.tick(at: instant) + machine.hear([hearing], at: instant)
        machines[read.gate] = machine
        return actions.flatMap { action -> [GateReason] in
            switch action {
            case .sound(let alarm) where alarm.quiet == nil: alarm.items.map(\.reason)
            case .join(let item): [item.reason]
            default: []
            }
        }
    }
}
