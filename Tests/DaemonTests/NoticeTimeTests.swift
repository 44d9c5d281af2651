import Foundation
import Library
import Operations
import Testing

@testable import Daemon

@Test func `hour and day of the week are those of this machine's place`() throws {
    // Noon of Monday, 2026-11-30, on the clock on this machine's wall, whatever its zone.
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .current
    for (day, weekday) in [(30, Weekday.monday), (29, .sunday), (24, .tuesday)] {
        let date = try #require(calendar.date(from: DateComponents(year: 2026, month: 11, day: day, hour: 12)))
        let moment = Moment(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
        #expect(NoticeTime(local: moment) == NoticeTime(hour: 12, weekday: weekday))
    }
}
