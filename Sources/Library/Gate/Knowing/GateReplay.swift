import Tags

/// Runs logged reads through a gate with other rules: would this have sounded last month?
package struct GateReplay: Sendable {
    /// One read that sounds under one of the rules alone.
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
        /// Alarms that sound under the rules in force, a stack counted once; quiet ones do not count.
        package var alarmsThen = 0
        /// The same under the rules on trial.
        package var alarmsNow = 0
        /// Items of these alarms by reason.
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
        var old: [String: Gate] = [:]
        var new: [String: Gate] = [:]
        var report = Report()
        for read in reads {
            report.reads += 1
            let soundedThen = ring(read, &old, then)
            let soundsNow = ring(read, &new, now)
            for item in soundedThen.reasons { report.reasonsThen[item, default: 0] += 1 }
            for item in soundsNow.reasons { report.reasonsNow[item, default: 0] += 1 }
            report.alarmsThen += soundedThen.alarms
            report.alarmsNow += soundsNow.alarms
            guard soundedThen.reasons.isEmpty != soundsNow.reasons.isEmpty,
                report.differences.count < mostDifferences
            else { continue }
            report.differences.append(
                Difference(
                    gate: read.gate,
                    at: read.at,
                    reason: soundedThen.reasons.first ?? soundsNow.reasons.first ?? read.reason,
                    soundedThen: !soundedThen.reasons.isEmpty,
                    soundsNow: !soundsNow.reasons.isEmpty
                )
            )
        }
        return report
    }

    /// A gate under one of the rules.
    private struct Gate {
        var machine: GateMachine
        /// Whether its last alarm makes no noise, and with it what joins that alarm's stack.
        var isQuiet = false
    }

    /// What sounds because of one read: alarms that begin, and why items of these or of the one before ring.
    private struct Ringing {
        var alarms = 0
        var reasons: [GateReason] = []
    }

    /// What one read makes sound; a quiet alarm does not count, nor do the items of its stack.
    private static func ring(
        _ read: GateRead,
        _ gates: inout [String: Gate],
        _ policy: GatePolicy
    ) -> Ringing {
        var gate = gates[read.gate] ?? Gate(machine: GateMachine(gate: read.gate, policy: policy))
        let instant = GateInstant(moment: read.at, uptime: .milliseconds(read.at.milliseconds))
        let hearing = GateHearing(
            uid: read.tag,
            afi: read.afi,
            eas: read.eas,
            antenna: read.antenna,
            facts: read.facts
        )
        let actions = gate.machine.tick(at: instant) + gate.machine.hear([hearing], at: instant)
        var ringing = Ringing()
        var quiet: [GateReason] = []
        for action in actions {
            switch action {
            case .sound(let alarm):
                gate.isQuiet = alarm.quiet != nil
                let reasons = alarm.items.map(\.reason)
                if gate.isQuiet { quiet += reasons } else { ringing.reasons += reasons }
                if !gate.isQuiet { ringing.alarms += 1 }
            case .join(let item):
                if gate.isQuiet { quiet.append(item.reason) } else { ringing.reasons.append(item.reason) }
            case .bulk where gate.isQuiet:
                // A theft in bulk sounds whatever else, and the alarm with it from this read on.
                gate.isQuiet = false
                ringing.alarms += 1
                ringing.reasons += quiet
            case .bulk, .turned, .parked, .ask, .pass: break
            }
        }
        gates[read.gate] = gate
        return ringing
    }
}
