import Library
import Testing

struct DailyDutyTests {
    /// 2026-03-02 00:00 UTC, local time here.
    private static let midnight = Moment(milliseconds: 1_772_409_600_000)

    private static func at(_ day: Int, _ hour: Int, _ minute: Int) -> (moment: Moment, minute: Int) {
        (midnight + .seconds(day * 86_400 + hour * 3600 + minute * 60 + 13), hour * 60 + minute)
    }

    private static func isDue(_ duty: inout DailyDuty, _ at: (moment: Moment, minute: Int)) -> Bool {
        duty.isDue(at: at.moment, minuteNow: at.minute)
    }

    @Test func `it is due at its minute, once a day`() {
        var duty = DailyDuty(minute: 20 * 60, doneAt: Self.at(0, 9, 0).moment)
        #expect(!Self.isDue(&duty, Self.at(0, 19, 59)))
        #expect(Self.isDue(&duty, Self.at(0, 20, 0)))
        #expect(!Self.isDue(&duty, Self.at(0, 20, 0)) && !Self.isDue(&duty, Self.at(0, 23, 59)))
        #expect(!Self.isDue(&duty, Self.at(1, 19, 59)) && Self.isDue(&duty, Self.at(1, 20, 1)))
    }

    @Test func `a night switched off is made up for in the morning`() {
        var duty = DailyDuty(minute: 20 * 60, doneAt: Self.at(0, 20, 0).moment)
        #expect(Self.isDue(&duty, Self.at(2, 8, 0)) && !Self.isDue(&duty, Self.at(2, 8, 1)))
    }

    @Test func `what was never done is done at once`() {
        var duty = DailyDuty(minute: 360, doneAt: nil)
        #expect(Self.isDue(&duty, Self.at(0, 5, 0)) && !Self.isDue(&duty, Self.at(0, 5, 1)))
        #expect(Self.isDue(&duty, Self.at(0, 6, 0)))
    }

    @Test func `a clock that jumps does it once at most`() {
        var duty = DailyDuty(minute: 600, doneAt: Self.at(0, 10, 0).moment)
        #expect(Self.isDue(&duty, Self.at(5, 9, 0)), "five days forward")
        #expect(!Self.isDue(&duty, Self.at(0, 11, 0)) && !Self.isDue(&duty, Self.at(1, 11, 0)), "and back")
    }

    @Test func `a clock that ran a year ahead keeps nothing from being done for a year`() {
        var duty = DailyDuty(minute: 600, doneAt: Self.at(365, 10, 0).moment)
        #expect(!Self.isDue(&duty, Self.at(0, 15, 0)), "whoever was set right at noon has no morning to make up for")
        #expect(!Self.isDue(&duty, Self.at(1, 9, 59)) && Self.isDue(&duty, Self.at(1, 10, 0)))
    }
}
