import API
import Testing

@testable import Command

@Suite struct ShelfStripTests {
    private func strip(_ stretches: [(Int, Int)], width: Int = 80) -> String {
        ShelfStrip(
            stretches: stretches.map { SweepSummary.Stretch(from: "", expected: $0.0, seen: $0.1) }
        ).text(width: width)
    }

    @Test func `the fuller a block, the more of its items were heard`() {
        #expect(strip([(10, 10), (10, 9), (10, 5), (10, 1), (10, 0), (0, 0)]) == "▕█▓▒░· ▏")
    }

    @Test func `a stretch is full only when every item was heard`() {
        #expect(strip([(500, 499)]) == "▕▓▏")
    }

    @Test func `one item in a long stretch is still something`() {
        #expect(strip([(500, 1)]) == "▕░▏")
    }

    @Test func `neighbours are added up when the screen is narrow`() {
        #expect(strip([(10, 10), (10, 0), (10, 10), (10, 10), (10, 0)], width: 3) == "▕▒█·▏")
    }

    @Test func `an empty shelf has an empty strip`() {
        #expect(strip([]) == "▕▏")
    }
}
