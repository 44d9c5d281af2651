import Foundation
import Library
import Operations
import Testing

@testable import Daemon

@Suite struct SiteDayTests {
    private static func moment(_ text: String) throws -> Moment {
        let date = try Date(text, strategy: .iso8601)
        return Moment(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }

    private static func calendar(_ zone: TimeZone?) throws -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(zone)
        return calendar
    }

    @Test func `a day is the site's, from its own midnight on`() throws {
        let calendar = try Self.calendar(TimeZone(secondsFromGMT: 9 * 3600))
        // Half past midnight there, the afternoon before in Greenwich.
        let day = try SiteDay(of: Self.moment("2026-11-29T15:30:00Z"), in: calendar)
        #expect(try day.began == Self.moment("2026-11-29T15:00:00Z"))
        #expect(try day.ends == Self.moment("2026-11-30T15:00:00Z"))
    }

    @Test(.enabled(if: TimeZone(identifier: "Europe/Copenhagen") != nil, "needs the time zones of the world"))
    func `the day on which the clock is put back has an hour more`() throws {
        let calendar = try Self.calendar(TimeZone(identifier: "Europe/Copenhagen"))
        let day = try SiteDay(of: Self.moment("2026-10-25T20:00:00Z"), in: calendar)
        #expect(day.ends.since(day.began) == .seconds(25 * 3600))
    }

    @Test func `the day of a moment before 1970 has the moment in it`() {
        let day = SiteDay(utc: Moment(milliseconds: -1))
        #expect(day == SiteDay(began: Moment(milliseconds: -86_400_000), ends: Moment(milliseconds: 0)))
    }
}
