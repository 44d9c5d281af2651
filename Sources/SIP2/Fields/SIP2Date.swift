import Wire

/// A date and time as a message carries it: `20260102    100000`, year to day, four places for the zone, the time.
///
/// A blank zone is the library's own time, `   Z` is UTC; systems differ and few say which, so the text is kept as it
/// came and only written, never reckoned with (ils §2.1).
package struct SIP2Date: Hashable, Sendable {
    /// Places of every date.
    static let length = 18
    /// Exactly ``length`` printable characters.
    private let characters: [UInt8]

    /// `nil` unless `text` has exactly 18 printable characters and no bar.
    package init?(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length, bytes.allSatisfy({ (0x20...0x7E).contains($0) && $0 != SIP2Field.end })
        else { return nil }
        characters = Array(bytes)
    }

    /// The time so many seconds after 1970-01-01 00:00 UTC, in the library's own time.
    ///
    /// - Parameter offset: seconds by which the library's clock is ahead of UTC; `nil` writes UTC and says so.
    package init(unixSeconds: Int64, offset: Int? = nil) {
        let seconds = min(max(unixSeconds &+ Int64(offset ?? 0), 0), 253_402_300_799)
        let (year, month, day) = Self.civil(days: seconds / 86_400)
        let time = seconds % 86_400
        let zone = offset == nil ? "   Z" : "    "
        let text =
            Self.padded(year, 4) + Self.padded(month, 2) + Self.padded(day, 2) + zone
            + Self.padded(time / 3600, 2) + Self.padded(time / 60 % 60, 2) + Self.padded(time % 60, 2)
        characters = Array(text.utf8)
    }

    var bytes: [UInt8] { characters }

    /// Year, month and day of a day counted from 1970-01-01, by the proleptic Gregorian calendar.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        // Years begin in March here, so that the leap day is a year's last.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * place + 2) / 5 + 1)
    }

    private static func padded(_ number: Int64, _ places: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, places - digits.count)) + digits
    }
}

extension SIP2Date {
    /// `2026-01-02 10:00`, for people; `nil` where the places are no digits.
    package var words: String? {
        let digits = characters[..<8] + characters[12...]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        func part(_ places: Range<Int>) -> String { String(decoding: characters[places], as: UTF8.self) }
        let zone = part(8..<12) == "   Z" ? " UTC" : ""
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8)) \(part(12..<14)):\(part(14..<16))\(zone)"
    }

    /// A date of due for people: systems send either a date of this form or words of their own, which stay as they are.
    package static func words(of text: String) -> String { SIP2Date(text)?.words ?? text }
}

extension SIP2Date: CustomStringConvertible {
    package var description: String { String(decoding: characters, as: UTF8.self) }
}
