import Tags
import Testing

@testable import Library

struct FindingGuideTests {
    private static let uid = TagUID(0xE004_0100_0000_0001)

    private static func at(_ milliseconds: Int64) -> Moment { Moment(milliseconds: 1_000_000 + milliseconds) }

    @Test func `without a signal it grows with how often the tag answers`() {
        var guide = FindingGuide(tags: [Self.uid])
        #expect(guide.strength(at: Self.at(0)) == 0)
        for look in 0..<10 { guide.take(heard: look < 3 ? [Self.uid] : [], at: Self.at(Int64(look) * 100)) }
        #expect(guide.strength(at: Self.at(900)) == 0.3)
        for look in 10..<40 { guide.take(heard: [Self.uid], at: Self.at(Int64(look) * 100)) }
        #expect(guide.strength(at: Self.at(3900)) == 1)
    }

    @Test func `with a signal it grows from the weakest to the strongest`() {
        var guide = FindingGuide(tags: [Self.uid])
        guide.take(heard: [Self.uid], signal: 10, at: Self.at(0))
        guide.take(heard: [Self.uid], signal: 50, at: Self.at(100))
        #expect(guide.strength(at: Self.at(100)) == 1)
        guide.take(heard: [Self.uid], signal: 30, at: Self.at(200))
        #expect(abs(guide.strength(at: Self.at(200)) - 0.55) < 1e-9)
    }

    @Test func `what was heard two seconds ago counts for nothing, nor do other tags`() {
        var guide = FindingGuide(tags: [Self.uid])
        guide.take(heard: [Self.uid], at: Self.at(0))
        #expect(guide.strength(at: Self.at(2500)) == 0)
        guide.take(heard: [TagUID(7)], at: Self.at(2600))
        #expect(guide.strength(at: Self.at(2600)) == 0)
    }

    @Test func `a clock that jumps back starts afresh`() {
        var guide = FindingGuide(tags: [Self.uid])
        guide.take(heard: [Self.uid], at: Self.at(900_000))
        guide.take(heard: [], at: Self.at(0))
        #expect(guide.strength(at: Self.at(0)) == 0)
    }
}
