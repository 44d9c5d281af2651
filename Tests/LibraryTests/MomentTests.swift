import Library
import Testing

struct MomentTests {
    private static let first = Moment(milliseconds: .min)
    private static let last = Moment(milliseconds: .max)
    private static let now = Moment(milliseconds: 1_795_000_000_000)

    @Test func `a moment and a time make another moment, to the millisecond`() {
        #expect(Self.now + .microseconds(1_500_999) == Moment(milliseconds: 1_795_000_001_500))
        #expect(Self.now + .seconds(-2) == Moment(milliseconds: 1_794_999_998_000))
        #expect((Self.now + .seconds(90)).since(Self.now) == .seconds(90))
        #expect(Self.now.since(Self.now + .milliseconds(1)) == .milliseconds(-1))
    }

    /// A torn database may hold any number where a moment stands.
    @Test func `no moment is so far away that reckoning with it would end the program`() {
        #expect(Self.now.since(Self.first) == .milliseconds(Int64.max))
        #expect(Self.first.since(Self.now) == .milliseconds(Int64.min))
        #expect(Self.last.since(Self.first) > .zero && Self.first.since(Self.last) < .zero)
        #expect(Self.last + .seconds(1) == Self.last && Self.first + .seconds(-1) == Self.first)
        #expect(Self.now + .seconds(Int64.max) == Self.last && Self.now + .seconds(Int64.min) == Self.first)
        #expect(Self.first + .seconds(Int64.max) > Self.first)
        #expect(Self.first.day.hasPrefix("-292275055") && Self.last.day == "292278994-08-17")
    }

    @Test(
        arguments: [
            (-1, "1969-12-31"), (0, "1970-01-01"), (-86_400_000, "1969-12-31"), (-86_400_001, "1969-12-30"),
            (86_399_999, "1970-01-01"),
        ] as [(Int64, String)]
    )
    func `days begin at midnight before 1970 too`(_ milliseconds: Int64, _ day: String) {
        #expect(Moment(milliseconds: milliseconds).day == day)
    }
}
