import Foundation

/// Numbers and times as a person says them.
enum Wording {
    /// `1 204`: groups of three, narrow no-break space left out so that columns stay straight.
    static func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += " " }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    static func count(_ value: Int, _ one: String, _ many: String) -> String {
        "\(number(value)) \(value == 1 ? one : many)"
    }

    /// `now`, `40 s`, `12 min`, `3 h 5 min`, `2 days`.
    static func length(_ seconds: TimeInterval) -> String {
        let seconds = seconds.isFinite ? Int(min(max(seconds, 0), 1e10)) : 0
        switch seconds {
        case 0..<60: return "\(seconds) s"
        case 60..<3600: return "\(seconds / 60) min"
        case 3600..<86_400:
            let minutes = seconds / 60 % 60
            return "\(seconds / 3600) h" + (minutes == 0 ? "" : " \(minutes) min")
        default: return count(seconds / 86_400, "day", "days")
        }
    }

    /// How long ago; `now` within two seconds, and for clocks that differ a little.
    static func ago(_ date: Date, now: Date) -> String {
        let seconds = now.timeIntervalSince(date)
        return seconds < 2 ? "now" : length(seconds) + " ago"
    }

    /// `14:02:31` in local time.
    static func clock(_ date: Date) -> String {
        date.formatted(Date.VerbatimFormatStyle.clock)
    }

    /// `2026-11-29` in local time.
    static func day(_ date: Date) -> String {
        date.formatted(Date.VerbatimFormatStyle.day)
    }

    /// `14:02:31` of today, `2026-11-28 14:02:31` of another day.
    static func moment(_ date: Date, now: Date = Date()) -> String {
        day(date) == day(now) ? clock(date) : "\(day(date)) \(clock(date))"
    }

    /// `75.2 %`; nothing expected is all seen.
    static func share(_ part: Int, of whole: Int) -> String {
        let permille = whole > 0 ? Int((Double(part) / Double(whole) * 1000).rounded(.down)) : 1000
        // Some are not none.
        if permille == 0, part > 0 { return "under 0.1 %" }
        return "\(permille / 10).\(permille % 10) %"
    }
}

extension Date.VerbatimFormatStyle {
    fileprivate static var day: Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: "\(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits)",
            timeZone: .current,
            calendar: Calendar(identifier: .gregorian)
        )
    }

    fileprivate static var clock: Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: """
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits)
                """,
            timeZone: .current,
            calendar: Calendar(identifier: .gregorian)
        )
    }
}
