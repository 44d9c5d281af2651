/// What a gate's alarms, outcomes, visitors and test walks say together.
package struct GateStatistics: Hashable, Sendable {
    /// One item of one alarm, without the item.
    package struct Entry: Hashable, Sendable {
        /// The gate's name in the configuration: `gate-1`.
        package var gate: String
        /// Hour of the day in local time, 0 to 23.
        package var hour: Int
        /// Day of the week in local time.
        package var weekday: Weekday
        /// Why the item rang.
        package var reason: GateReason
        /// Where the item's security was changed last: `kiosk-2`; `nil` when no device of ours ever did.
        package var device: String?
        /// `check-out`, `check-in`.
        package var procedure: String?

        package init(
            gate: String,
            hour: Int,
            weekday: Weekday,
            reason: GateReason,
            device: String?,
            procedure: String?
        ) {
            self.gate = gate
            self.hour = hour
            self.weekday = weekday
            self.reason = reason
            self.device = device
            self.procedure = procedure
        }
    }

    /// When, where and why together: what one count of ``crosses`` is of.
    package struct Cross: Hashable, Sendable {
        /// Day on which the alarm was, in local time.
        package var weekday: Weekday
        /// Name of the device that changed the item's security last, or ``GateStatistics/nowhere``.
        package var device: String
        /// Why the item rang.
        package var reason: GateReason

        package init(weekday: Weekday, device: String, reason: GateReason) {
            self.weekday = weekday
            self.device = device
            self.reason = reason
        }
    }

    /// When items rang for one reason, and what had been done with them.
    package struct Detail: Hashable, Sendable {
        /// Items by hour of the day in local time, 24 counts.
        package fileprivate(set) var hours = [Int](repeating: 0, count: 24)
        /// Items by what the device did that changed their security last; those that no device changed are left out.
        package fileprivate(set) var procedures: [String: Int] = [:]
    }

    /// Alarms, quiet ones included; a stack is one.
    package var alarms = 0
    /// Of the alarms those that made no noise.
    package var quietAlarms = 0
    /// Items of all alarms by why they rang.
    package var reasons: [GateReason: Int] = [:]
    /// 24 counts.
    package var hours = [Int](repeating: 0, count: 24)
    /// Items of all alarms by the device that changed their security last; those of none under ``nowhere``.
    package var devices: [String: Int] = [:]
    /// Items of all alarms by what that device did: `check-out`, `check-in`; those that no device changed are left out.
    package var procedures: [String: Int] = [:]
    /// Items by day of the week, device and reason together.
    package var crosses: [Cross: Int] = [:]
    /// Items by reason and hour, and by reason and procedure.
    package private(set) var details: [GateReason: Detail] = [:]
    /// Alarms by what staff found.
    package var outcomes: [GateOutcome: Int] = [:]
    /// People who came in, by the counters.
    package private(set) var visitors = 0
    /// The same by hour of the day in local time, 24 counts.
    package private(set) var visitorHours = [Int](repeating: 0, count: 24)
    /// Test walks: how many of them the gate heard.
    package var walks = GateShare(0, of: 0)
    /// Passages by reason, those without an alarm included; never those of foreign tags.
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
            let device = entry.device ?? Self.nowhere
            devices[device, default: 0] += 1
            crosses[Cross(weekday: entry.weekday, device: device, reason: entry.reason), default: 0] += 1
            if let procedure = entry.procedure { procedures[procedure, default: 0] += 1 }
            details[entry.reason, default: Detail()].take(entry)
        }
    }

    /// Takes people who came in within one hour.
    /// - Parameter hour: of the day in local time, 0 to 23.
    package mutating func take(visitors count: Int, hour: Int) {
        visitors += count
        if visitorHours.indices.contains(hour) { visitorHours[hour] += count }
    }

    /// How items are counted that no device of ours ever released or secured.
    package static let nowhere = "no device of ours"

    /// One sentence on what stands out: `62 % of the items came from kiosk-2`, or where that is so on one day of the
    /// week alone, `62 % of Tuesday's items came from kiosk-2`; `nil` when nothing does.
    package var headline: String? {
        if let (device, share) = Self.standingOut(in: devices) { return "\(share) % of the items came from \(device)" }
        let days = Weekday.allCases.compactMap { day -> (day: Weekday, device: String, share: Int)? in
            var counts: [String: Int] = [:]
            for (cross, count) in crosses where cross.weekday == day { counts[cross.device, default: 0] += count }
            return Self.standingOut(in: counts).map { (day, $0.device, $0.share) }
        }
        return days.max { $0.share < $1.share }.map { most in
            "\(most.share) % of \(most.day.name)'s items came from \(most.device)"
        }
    }

    /// A device of ours that two of five items came from, and their share in percent; never of less than five items.
    private static func standingOut(in counts: [String: Int]) -> (device: String, share: Int)? {
        let items = counts.values.reduce(0, +)
        let ours = counts.filter { $0.key != Self.nowhere }
        guard items >= 5, let (device, count) = ours.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            count * 100 >= items * 40
        else { return nil }
        return (device, count * 100 / items)
    }
}

extension GateStatistics.Detail {
    fileprivate mutating func take(_ entry: GateStatistics.Entry) {
        if hours.indices.contains(entry.hour) { hours[entry.hour] += 1 }
        if let procedure = entry.procedure { procedures[procedure, default: 0] += 1 }
    }
}
