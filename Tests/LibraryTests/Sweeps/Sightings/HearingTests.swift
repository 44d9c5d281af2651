import Testing

@testable import Library

struct HearingTests {
    private static func hearing(_ second: Int, reader: UInt16 = 0, pass: Int = 1, signal: Int? = nil) -> Hearing {
        Hearing(reader: reader, pass: pass, at: Moment(milliseconds: Int64(second) * 1000), signal: signal)
    }

    private static func joined(_ hearings: [Hearing]) -> [Hearing] {
        hearings.reduce(into: []) { $0.add($1, gap: 20_000) }
    }

    @Test func `sightings close together are one hearing, a later visit is another`() {
        let hearings = Self.joined([Self.hearing(0), Self.hearing(15), Self.hearing(100)])
        #expect(hearings.map(\.first) == [0, 100_000] && hearings.map(\.last) == [15_000, 100_000])
    }

    @Test func `a sighting in the middle brings two hearings together`() {
        #expect(Self.joined([Self.hearing(0), Self.hearing(30), Self.hearing(15)]).count == 1)
    }

    @Test func `other readers and passes stay apart`() {
        #expect(Self.joined([Self.hearing(0), Self.hearing(1, reader: 1), Self.hearing(1, pass: 2)]).count == 3)
    }

    @Test func `the strongest signal says when it was nearest, else the middle`() {
        let strong = Self.joined([Self.hearing(0, signal: 3), Self.hearing(2, signal: 9), Self.hearing(4, signal: 9)])
        #expect(strong.first?.nearest == 2000)
        #expect(Self.joined([Self.hearing(0), Self.hearing(4)]).first?.nearest == 2000)
    }

    @Test func `clocks at the ends of time do no harm`() {
        var hearings = [Hearing(reader: 0, pass: 1, at: Moment(milliseconds: .min), signal: nil)]
        hearings.add(Hearing(reader: 0, pass: 1, at: Moment(milliseconds: .max), signal: nil), gap: 20_000)
        #expect(hearings.count == 2)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `any order and any repetition give the same hearings`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let log = (0..<12).map { _ in
            Self.hearing(
                Int.random(in: 0...200, using: &random),
                reader: UInt16.random(in: 0...1, using: &random),
                signal: Bool.random(using: &random) ? Int.random(in: 0...3, using: &random) : nil
            )
        }
        let other = Self.joined((log + log.prefix(5)).shuffled(using: &random))
        #expect(Set(other) == Set(Self.joined(log)))
    }
}
