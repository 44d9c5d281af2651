/// What a channel lets through, and when.
package struct NoticeRules: Hashable, Sendable {
    /// What the channel tells of; everything else is dropped without being counted.
    package var events: Set<Notice.Event>
    /// The least pressing that the channel tells of; recoveries and summaries come through at any level.
    package var level: Notice.Level
    /// At most so many in an hour; what is beyond is told as a number.
    package var perHour: Int
    /// The same about the same thing is told again only after so long.
    package var pause: Duration
    /// From hour to hour of the day, in local time; only failures come through. `nil` for never.
    package var quietHours: HourSpan?
    /// The hour of the day for the summary; `nil` for none.
    package var dailyAt: Int?
    /// The day of the week for the week's summary, at the hour of the daily one or at eight.
    package var weeklyOn: Weekday?

    package init(
        events: Set<Notice.Event> = Set(Notice.Event.allCases),
        level: Notice.Level = .warning,
        perHour: Int = 20,
        pause: Duration = .seconds(1800),
        quietHours: HourSpan? = nil,
        dailyAt: Int? = nil,
        weeklyOn: Weekday? = nil
    ) {
        self.events = events
        self.level = level
        self.perHour = perHour
        self.pause = pause
        self.quietHours = quietHours
        self.dailyAt = dailyAt
        self.weeklyOn = weeklyOn
    }

    func isQuiet(at hour: Int) -> Bool {
        quietHours?.contains(hour) == true
    }

    /// Hours of the day from one to another; over midnight where the second is the smaller, all day
    /// where both are the same.
    package struct HourSpan: Hashable, Sendable {
        /// The first hour of the span, 0 to 23.
        package var from: Int
        /// The hour at which it is over, 0 to 23.
        package var to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }

        func contains(_ hour: Int) -> Bool {
            from < to ? (from..<to).contains(hour) : hour >= from || hour < to
        }
    }
}

/// Decides for one channel what is sent now, what is held back until the quiet hours end, and what only counts.
///
/// Pure: it is told the time and the hour of the day.
package struct NoticeGovernor: Hashable, Sendable {
    private struct Key: Hashable {
        var event: Notice.Event
        var subject: String
    }

    private let rules: NoticeRules
    private var lastSent: [Key: Moment] = [:]
    /// When the notices of the last hour were sent.
    private var sent: [Moment] = []
    private var held: [Notice] = []
    private var dropped = 0

    /// Notices that may be held back through quiet hours; the oldest go first.
    private static let heldLimit = 100

    package init(_ rules: NoticeRules) {
        self.rules = rules
    }

    /// Takes a notice and says what is to be sent now.
    package mutating func take(_ notice: Notice, at now: Moment, hour: Int) -> [Notice] {
        guard rules.events.contains(notice.event) else { return [] }
        // A recovery is as important as what it ends, and a summary is what somebody asked for.
        guard notice.level >= rules.level || [.recovery, .summary].contains(notice.event) else { return [] }
        if rules.isQuiet(at: hour), notice.level < .failure {
            held.append(notice)
            if held.count > Self.heldLimit {
                held.removeFirst()
                dropped += 1
            }
            return []
        }
        forget(at: now)
        let key = Key(event: notice.event, subject: notice.subject)
        if ![.recovery, .summary].contains(notice.event), let last = lastSent[key], now.since(last) < rules.pause {
            dropped += 1
            return []
        }
        guard sent.count < rules.perHour else {
            dropped += 1
            return []
        }
        lastSent[key] = now
        sent.append(now)
        return [notice]
    }

    /// Lets time pass: tells what was held back once it is no longer quiet, and how much was left out.
    package mutating func tick(at now: Moment, hour: Int) -> [Notice] {
        forget(at: now)
        guard !rules.isQuiet(at: hour) else { return [] }
        var out: [Notice] = []
        if !held.isEmpty {
            let lines = Dictionary(grouping: held) { "\($0.subject): \($0.text)" }
                .map { (text: $0, count: $1.count, first: $1[0].at.milliseconds) }
                .sorted { ($0.first, $0.text) < ($1.first, $1.text) }
                .map { $0.count == 1 ? $0.text : "\($0.text) (\($0.count) times)" }
            let level = held.map(\.level).max() ?? .note
            out.append(
                Notice(.summary, level, subject: "quiet hours", text: lines.joined(separator: "\n"), at: now)
            )
            held = []
        }
        if dropped > 0, sent.count < rules.perHour {
            out.append(
                Notice(
                    .summary,
                    .note,
                    subject: "notices",
                    text: "left out as repeats or too many: \(dropped)",
                    at: now
                )
            )
            dropped = 0
        }
        sent += out.map { _ in now }
        return out
    }

    /// What is to come, by a clock that was set back since, counts for nothing: it would keep the channel quiet until
    /// then.
    private mutating func forget(at now: Moment) {
        sent.removeAll { now < $0 || now.since($0) >= .seconds(3600) }
        lastSent = lastSent.filter { $0.value <= now && now.since($0.value) < rules.pause }
    }
}
