import Testing

@testable import Library

struct FewestMovesTests {
    private static func certain(_ ranks: [Int]) -> [StandingItem] {
        ranks.enumerated().map { StandingItem(rank: $1, position: Double($0)...Double($0)) }
    }

    /// By trying every subset: the most items that can stay without a certain quarrel.
    private static func most(_ items: [StandingItem]) -> Int {
        (0..<(1 << items.count)).filter { set in
            let staying = items.indices.filter { set >> $0 & 1 == 1 }
            return staying.allSatisfy { left in staying.allSatisfy { !quarrel(items[left], items[$0]) } }
        }.map(\.nonzeroBitCount).max() ?? 0
    }

    private static func quarrel(_ left: StandingItem, _ right: StandingItem) -> Bool {
        left.position.upperBound < right.position.lowerBound && left.rank > right.rank
    }

    @Test func `one book that stands too early is the one that moves`() {
        // 1 2 9 3 4 5 6: comparing neighbours would send 3 away, a running maximum everything behind the 9.
        let staying = FewestMoves.staying(Self.certain([1, 2, 9, 3, 4, 5, 6]))
        #expect(staying == [true, true, false, true, true, true, true])
    }

    @Test func `copies of one call number may stand in any order`() {
        #expect(FewestMoves.staying(Self.certain([1, 2, 2, 2, 3])) == Array(repeating: true, count: 5))
    }

    @Test func `books whose positions meet do not quarrel`() {
        let items = [
            StandingItem(rank: 2, position: 0...1), StandingItem(rank: 1, position: 1...2),
            StandingItem(rank: 0, position: 4...5),
        ]
        #expect(FewestMoves.staying(items) == [true, true, false])
    }

    @Test func `an empty shelf has nothing to move`() {
        #expect(FewestMoves.staying([]).isEmpty)
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `no other choice moves fewer where positions are certain`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let items = Self.certain(
            (0..<Int.random(in: 0...10, using: &random)).map { _ in
                Int.random(in: 0...8, using: &random)
            }
        )
        check(items)
    }

    @Test(arguments: 1...500 as ClosedRange<UInt64>)
    func `no other choice moves fewer where positions are ranges`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let items = (0..<Int.random(in: 0...10, using: &random)).map { _ in
            let first = Double(Int.random(in: 0...12, using: &random))
            return StandingItem(
                rank: Int.random(in: 0...8, using: &random),
                position: first...(first + Double(Int.random(in: 0...5, using: &random)))
            )
        }
        check(items)
    }

    private func check(_ items: [StandingItem]) {
        let staying = FewestMoves.staying(items)
        #expect(staying.count { $0 } == Self.most(items))
        let kept = zip(items, staying).filter(\.1).map(\.0)
        #expect(kept.allSatisfy { left in kept.allSatisfy { !Self.quarrel(left, $0) } })
    }
}

struct MonotoneRunTests {
    @Test func `the longest rising part and the lengths of all beginnings`() {
        let numbers: [Double] = [1, 5, 2, 2, 9, 3]
        #expect(MonotoneRun.rising(numbers).map { numbers[$0] } == [1, 2, 2, 3])
        #expect(MonotoneRun.lengths(numbers) == [0, 1, 2, 2, 3, 4, 4])
        #expect(MonotoneRun.rising([Double]()).isEmpty)
    }
}
