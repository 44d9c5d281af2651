package import FoundationEssentials

/// What other rules would have done with the kept reads.
package struct ReplayReport: Codable, Hashable, Sendable {
    /// Kept reads that were run through the rules; a tag is in them under a pseudonym.
    package var reads: Int
    /// Alarms that sound under the rules in force, a stack counted once; quiet ones do not count.
    package var alarmsThen: Int
    /// Alarms that would sound under the rules that are tried, counted in the same way.
    package var alarmsNow: Int
    /// Items of the alarms under the rules in force, by reason: `not on loan`.
    package var reasonsThen: [String: Int]
    /// Items of the alarms under the rules that are tried, by reason.
    package var reasonsNow: [String: Int]
    /// Reads that ring under one of the two sets of rules alone, the oldest first, at most 200.
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

/// One kept read that would have ended otherwise.
package struct ReplayDifference: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// When the tag was heard.
    package var at: Date
    /// Why it rings under the rules that make it ring, `not on loan`.
    package var reason: String
    /// Whether it rings under the rules in force.
    package var soundedThen: Bool
    /// Whether it would ring under the rules that are tried.
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
    /// How many days back it counts, 1 to 3650; 7 unless asked otherwise.
    package var days: Int
    /// Alarms, each stack once, quiet ones included.
    package var alarms: Int
    /// Alarms that made no noise.
    package var quietAlarms: Int
    /// Alarms of which staff did not say what they found.
    package var unanswered: Int
    /// Items of alarms by why they rang, `not on loan`.
    package var reasons: [String: Int]
    /// 24 counts, from midnight in local time.
    package var hours: [Int]
    /// Items by the device that changed their security last.
    package var devices: [String: Int]
    /// Items by what was done when their security was changed last: `check-out`, `check-in`, `staff`, `repair`.
    package var procedures: [String: Int]
    /// Items by day of the week, device and reason together, the most first; `nil` from a daemon that does not tell.
    package var crosses: [GateCross]?
    /// Each reason by hour and by procedure, the most frequent first; `nil` from a daemon that does not tell.
    package var details: [GateReasonDetail]?
    /// Alarms by what staff found: `false`, `cleared`, `left`, `other`.
    package var outcomes: [String: Int]
    /// What gates heard of library tags, by reason, silent passages such as `on loan` included.
    package var passages: [String: Int]
    /// People who came in, by the gates' counters; 0 where nobody counts.
    package var visitors: Int
    /// The same in 24 counts, from midnight in local time; `nil` from a daemon that does not tell.
    package var visitorHours: [Int]?
    /// `nil` while no visitor was counted.
    package var alarmsPerThousandVisitors: Double?
    /// Of the alarms that staff judged, those in which nothing was wrong.
    package var falseAlarms: Share
    /// Of the walks of walk tests, those that the gate did not hear.
    package var misses: Share
    /// One sentence on what stands out.
    package var headline: String?
    /// By gate and antenna, over all self tests on record; antennas without one are left out.
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
        details: [GateReasonDetail]? = nil,
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
        self.details = details
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

/// When items rang for one reason, and what had been done with them.
package struct GateReasonDetail: Codable, Hashable, Sendable {
    /// Why they rang: `not on loan`.
    package var reason: String
    /// Items in 24 counts, from midnight in local time.
    package var hours: [Int]
    /// Items by what was done when their security was changed last: `check-out`, `check-in`, `staff`, `repair`.
    package var procedures: [String: Int]

    package init(
        reason: String,
        hours: [Int],
        procedures: [String: Int]
    ) {
        self.reason = reason
        self.hours = hours
        self.procedures = procedures
    }
}

/// How many items of alarms came together on a day of the week, from one device, for one reason.
package struct GateCross: Codable, Hashable, Sendable, Comparable {
    /// In English: `Tuesday`.
    package var weekday: String
    /// Where the item's security was changed last.
    package var device: String
    /// Why it rang: `not on loan`.
    package var reason: String
    /// Items, 1 or more.
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
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// Counted from 1.
    package var antenna: Int
    /// Self tests on record; the verdict `steady` or `fading` takes eight.
    package var tests: Int
    /// Looks of the latest self test in which the tag was heard; `nil` before the first.
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
    /// Days that alarms, passages and reads are kept.
    package var keepDays: Int
    /// The oldest event that is left.
    package var oldest: Date?
    /// The newest first, at most 100.
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
    /// When it was done.
    package var at: Date
    /// Everything older than this went.
    package var before: Date
    /// Alarms that were deleted.
    package var alarms: Int
    /// Passages that were deleted.
    package var passages: Int
    /// Reads kept for a replay that were deleted.
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
