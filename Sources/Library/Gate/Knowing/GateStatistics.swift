/// What a gate's alarms, outcomes, visitors and test walks say together.
package struct GateStatistics: Hashable, Sendable {
    /// One item of one alarm, without the item.
    package struct Entry: Hashable, Sendable {
        package var gate: String
        /// Hour of the day in local time, 0 to 23.
        package var hour: Int
        package var reason: GateReason
        /// Where the item's security was changed last: `kiosk-2`; `nil` when no device of ours ever did.
        package var device: String?
        /// `check-out`, `check-in`.
        package var procedure: String?

        package init(gate: String, hour: Int, reason: GateReason, device: String?, procedure: String?) {
            self.gate = gate
            self.hour = hour
            self.reason = reason
            self.device = device
            self.procedure = procedure
        }
    }

    package var alarms = 0
    package var quietAlarms = 0
    package var reasons: [GateReason: Int] = [:]
    /// 24 counts.
    package var hours = [Int](repeating: 0, count: 24)
    package var devices: [String: Int] = [:]
    package var procedures: [String: Int] = [:]
    package var outcomes: [GateOutcome: Int] = [:]
    package var visitors = 0
    package var walks = GateShare(0, of: 0)
    package var passages: [GateReason: Int] = [:]

    package init() {}

    /// Alarms that nobody gave an outcome.
    package var unanswered: Int { max(0, alarms - outcomes.values.reduce(0, +)) }

    /// Of the alarms that staff judged, those in which nothing was wrong.
    package var falseAlarms: GateShare {
        GateShare(outcomes[.falseAlarm] ?? 0, of: outcomes.values.reduce(0, +))
    }

    /// Of the test walks, those that the gate did not hear.
    package var misses: GateShare { GateShare(walks.of - walks.count, of: walks.of) }

    /// Alarms for each thousand visitors; `nil` while none were counted.
    package var alarmsPerThousandVisitors: Double? {
        visitors > 0 ? Double(alarms) * 1000 / Double(visitors) : nil
    }

    /// Takes one alarm with its items.
    package mutating func take(_ entries: [Entry], quiet: Bool, outcome: GateOutcome?) {
        alarms += 1
        if quiet { quietAlarms += 1 }
        if let outcome { outcomes[outcome, default: 0] += 1 }
        if let hour = entries.first?.hour, hours.indices.contains(hour) { hours[hour] += 1 }
        for entry in entries {
            reasons[entry.reason, default: 0] += 1
            devices[entry.device ?? Self.nowhere, default: 0] += 1
            if let procedure = entry.procedure { procedures[procedure, default: 0] += 1 }
        }
    }

    /// How items are counted that no device of ours ever released or secured.
    package static let nowhere = "no device of ours"

    /// One sentence on what stands out: `62 % of the items came from kiosk-2`; `nil` when nothing does.
    package var headline: String? {
        let items = devices.values.reduce(0, +)
        let ours = devices.filter { $0.key != Self.nowhere }
        guard items >= 5, let (device, count) = ours.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            count * 100 >= items * 40
        else { return nil }
        return "\(count * 100 / items) % of the items came from \(device)"
    }
}
