import Library
import Testing

@Suite struct WeekdayTests {
    @Test func `days of the week count from Monday`() {
        #expect(Weekday(number: 1) == .monday && Weekday(number: 7) == .sunday)
        #expect(Weekday(number: 0) == .sunday && Weekday(number: 8) == .monday)
    }

    @Test func `a day is told by its English name, and set in small letters`() {
        #expect(Weekday.allCases.map(\.name).first == "Monday" && Weekday.wednesday.name == "Wednesday")
        #expect(Weekday(rawValue: "wednesday") == .wednesday && Weekday(rawValue: "Wednesday") == nil)
    }
}
