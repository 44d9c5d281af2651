package import FoundationEssentials

/// What other rules would have done with the kept reads.
package struct ReplayReport: Codable, Hashable, Sendable {
    package var reads: Int
    package var alarmsThen: Int
    package var alarmsNow: Int
    package var reasonsThen: [String: Int]
    package var reasonsNow: [String: Int]
    package var differences: [ReplayDifference]

    package init(
        reads: Int,
        alarmsThen: Int,
        alarmsNow: Int,
        reasonsThen: [String: Int],
        reasonsNow: [String: Int],
        differences: [ReplayDifference]
    ) {
        self.reads = reads
        self.alarmsThen = alarmsThen
        self.alarmsNow = alarmsNow
        self.reasonsThen = reasonsThen
        self.reasonsNow = reasonsNow
        self.differences = differences
    }
}

/// One passage that would have ended otherwise.
package struct ReplayDifference: Codable, Hashable, Sendable {
    package var gate: String
    package var at: Date
    package var reason: String
    package var soundedThen: Bool
    package var soundsNow: Bool

    package init(
        gate: String,
        at: Date,
        reason: String,
        soundedThen: Bool,
        soundsNow: Bool
    ) {
        self.gate = gate
        self.at = at
        self.reason = reason
        self.soundedThen = soundedThen
        self.soundsNow = soundsNow
    }
}

/// What alarms, outcomes, visitors and test walks say: `GET /v1/gate/statistics?days=7`.
package struct GateStatisticsReport: Codable, Hashable, Sendable {
    package var days: Int
    package var alarms: Int
    package var quietAlarms: Int
    package var unanswered: Int
    package var reasons: [String: Int]
    /// 24 counts, from midnight in local time.
    package var hours: [Int]
    /// Items by the device that changed their security last.
    package var devices: [String: Int]
    package var procedures: [String: Int]
    /// Items by day of the week, device and reason together, the most first; `nil` from a daemon that does not tell.
    package var crosses: [GateCross]?
    package var outcomes: [String: Int]
    package var passages: [String: Int]
    package var visitors: Int
    /// The same in 24 counts, from midnight in local time; `nil` from a daemon that does not tell.
    package var visitorHours: [Int]?
    package var alarmsPerThousandVisitors: Double?
    package var falseAlarms: Share
    package var misses: Share
    /// One sentence on what stands out.
    package var headline: String?
    package var sentinels: [SentinelReport]

    package init(
        days: Int,
        alarms: Int,
        quietAlarms: Int,
        unanswered: Int,
        reasons: [String: Int],
        hours: [Int],
        devices: [String: Int],
        procedures: [String: Int],
        crosses: [GateCross]? = nil,
        outcomes: [String: Int],
        passages: [String: Int],
        visitors: Int,
        visitorHours: [Int]? = nil,
        alarmsPerThousandVisitors: Double? = nil,
        falseAlarms: Share,
        misses: Share,
        headline: String? = nil,
        sentinels: [SentinelReport]
    ) {
        self.days = days
        self.alarms = alarms
        self.quietAlarms = quietAlarms
        self.unanswered = unanswered
        self.reasons = reasons
        self.hours = hours
        self.devices = devices
        self.procedures = procedures
        self.crosses = crosses
        self.outcomes = outcomes
        self.passages = passages
        self.visitors = visitors
        self.visitorHours = visitorHours
        self.alarmsPerThousandVisitors = alarmsPerThousandVisitors
        self.falseAlarms = falseAlarms
        self.misses = misses
        self.headline = headline
        self.sentinels = sentinels
    }
}

/// How many items of alarms came together on a day of the week, from one device, for one reason.
package struct GateCross: Codable, Hashable, Sendable, Comparable {
    /// In English: `Tuesday`.
    package var weekday: String
    /// Where the item's security was changed last.
    package var device: String
    package var reason: String
    package var count: Int

    package init(
        weekday: String,
        device: String,
        reason: String,
        count: Int
    ) {
        self.weekday = weekday
        self.device = device
        self.reason = reason
        self.count = count
    }

    /// The most first, then by their words.
    package static func < (left: Self, right: Self) -> Bool {
        (right.count, left.weekday, left.device, left.reason) < (left.count, right.weekday, right.device, right.reason)
    }
}

/// How one antenna hears the tag that is fixed to it.
package struct SentinelReport: Codable, Hashable, Sendable {
    package var gate: String
    package var antenna: Int
    package var tests: Int
    package var last: Share?
    /// `steady`, `fading to 61 %`, `deaf`, `not tested often enough`.
    package var verdict: String

    package init(
        gate: String,
        antenna: Int,
        tests: Int,
        last: Share? = nil,
        verdict: String
    ) {
        self.gate = gate
        self.antenna = antenna
        self.tests = tests
        self.last = last
        self.verdict = verdict
    }
}

/// The proof of forgetting: `GET /v1/gate/forgotten`.
package struct ForgettingReport: Codable, Hashable, Sendable {
    package var keepDays: Int
    /// The oldest event that is left.
    package var oldest: Date?
    package var deletions: [Deletion]

    package init(
        keepDays: Int,
        oldest: Date? = nil,
        deletions: [Deletion]
    ) {
        self.keepDays = keepDays
        self.oldest = oldest
        self.deletions = deletions
    }
}

/// What was forgotten at one time.
package struct Deletion: Codable, Hashable, Sendable {
    package var at: Date
    package var before: Date
    package var alarms: Int
    package var passages: Int
    package var reads: Int

    package init(
        at: Date,
        before: Date,
        alarms: Int,
        passages: Int,
        reads: Int
    ) {
        self.at = at
        self.before = before
        self.alarms = alarms
        self.passages = passages
        self.reads = reads
    }
}
