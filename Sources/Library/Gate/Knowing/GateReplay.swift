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
        var old = Gates(policy: then)
        var new = Gates(policy: now)
        var report = Report()
        for (index, read) in reads.enumerated() {
            report.reads += 1
            let next = index + 1 < reads.count ? reads[index + 1].at : nil
            report.take(old.hear(read, before: next), new.hear(read, before: next), at: read)
        }
        // What waits at another gate when the reads end rings too.
        if let last = reads.last { report.take(old.end(after: last.at), new.end(after: last.at), at: last) }
        return report
    }

    /// A gate under one of the rules.
    fileprivate struct Gate {
        var machine: GateMachine
        /// Whether its last alarm makes no noise, and with it what joins that alarm's stack.
        var isQuiet = false
    }

    /// What sounds because of one read: alarms that begin, and why items of these or of the one before ring.
    fileprivate struct Ringing {
        var alarms = 0
        var reasons: [GateReason] = []
    }

    /// All gates under one of the rules.
    private struct Gates {
        let policy: GatePolicy
        private var gates: [String: Gate] = [:]
        /// The longest that an alarm waits, for the library system or for its direction.
        private var wait: Duration { max(policy.liveBudget, policy.directionPatience) }

        init(policy: GatePolicy) {
            self.policy = policy
        }

        /// What one read makes sound; an alarm that waits counts with the read that brought it where nothing was heard
        /// until it rang.
        mutating func hear(_ read: GateRead, before next: Moment?) -> Ringing {
            var gate = gates[read.gate] ?? Gate(machine: GateMachine(gate: read.gate, policy: policy))
            let hearing = GateHearing(
                uid: read.tag,
                afi: read.afi,
                eas: read.eas,
                antenna: read.antenna,
                facts: read.facts
            )
            let instant = Self.instant(read.at)
            var actions = gate.machine.tick(at: instant) + gate.machine.hear([hearing], at: instant)
            let settled = read.at + wait
            if next.map({ $0 > settled }) ?? true { actions += gate.machine.tick(at: Self.instant(settled)) }
            let ringing = gate.ringing(actions)
            gates[read.gate] = gate
            return ringing
        }

        /// What still waits at any gate when nothing is heard any more.
        mutating func end(after moment: Moment) -> Ringing {
            var ringing = Ringing()
            for name in gates.keys.sorted() {
                guard var gate = gates[name] else { continue }
                let last = gate.ringing(gate.machine.tick(at: Self.instant(moment + wait)))
                gates[name] = gate
                ringing.alarms += last.alarms
                ringing.reasons += last.reasons
            }
            return ringing
        }

        private static func instant(_ moment: Moment) -> GateInstant {
            GateInstant(moment: moment, uptime: .milliseconds(moment.milliseconds))
        }
    }
}

extension GateReplay.Gate {
    /// What sounds of these actions; a quiet alarm does not count, nor do the items of its stack.
    fileprivate mutating func ringing(_ actions: [GateMachine.Action]) -> GateReplay.Ringing {
        var ringing = GateReplay.Ringing()
        var quiet: [GateReason] = []
        for action in actions {
            switch action {
            case .sound(let alarm):
                isQuiet = alarm.quiet != nil
                let reasons = alarm.items.map(\.reason)
                if isQuiet { quiet += reasons } else { ringing.reasons += reasons }
                if !isQuiet { ringing.alarms += 1 }
            case .join(let item):
                if isQuiet { quiet.append(item.reason) } else { ringing.reasons.append(item.reason) }
            case .bulk where isQuiet:
                // A theft in bulk sounds whatever else, and the alarm with it from this read on.
                isQuiet = false
                ringing.alarms += 1
                ringing.reasons += quiet
            case .bulk, .turned, .parked, .ask, .pass: break
            }
        }
        return ringing
    }
}

extension GateReplay.Report {
    /// Counts what sounded under both rules because of one read.
    fileprivate mutating func take(_ then: GateReplay.Ringing, _ now: GateReplay.Ringing, at read: GateRead) {
        for reason in then.reasons { reasonsThen[reason, default: 0] += 1 }
        for reason in now.reasons { reasonsNow[reason, default: 0] += 1 }
        alarmsThen += then.alarms
        alarmsNow += now.alarms
        guard then.reasons.isEmpty != now.reasons.isEmpty, differences.count < GateReplay.mostDifferences
        else { return }
        differences.append(
            GateReplay.Difference(
                gate: read.gate,
                at: read.at,
                reason: then.reasons.first ?? now.reasons.first ?? read.reason,
                soundedThen: !then.reasons.isEmpty,
                soundsNow: !now.reasons.isEmpty
            )
        )
    }
}
