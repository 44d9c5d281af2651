/// What stands out of order, and the moves that put it right.
struct ShelfOrderCheck: Sendable {
    var moves: [ShelfMove] = []
    /// By number of the item.
    var verdicts: [(number: Int, verdict: Verdict)] = []
    /// Items whose position is known at all.
    var placed = 0
}

extension SweepReconciliation {
    /// Silence after which a wand is somewhere else, in milliseconds.
    private static let silence: Int64 = 10_000

    /// A walk with more tags is looked at in parts, to keep memory small.
    private static let longestWalk = 50_000

    /// Checks the order of what was heard on the shelf, by the items' call numbers and when readers came by them.
    func orderCheck() -> ShelfOrderCheck {
        let ranks = ShelfRanks(expected, marks: rules.shelfMarks)
        return OrderJudgement(sweep: self, ranks: ranks, places: heardPlaces(ranks)).check()
    }

    private func heardPlaces(_ ranks: ShelfRanks) -> HeardPlaces {
        let passages = passages(ranks)
        var places = HeardPlaces(count: expected.count)
        var walk: [WalkPositions.Mark] = []
        var last: Passage?
        func close() {
            for position in WalkPositions(walk).positions { places.take(position) }
            walk.removeAll(keepingCapacity: true)
        }
        for passage in passages {
            if let last, last.walker != passage.walker || Hearing.apart(passage.at, last.at) >= Self.silence { close() }
            if walk.count >= Self.longestWalk { close() }
            if var mark = passage.number >= 0 ? ranks.mark(Int(passage.number)) : ranks.shelfMark(passage.number) {
                mark.at = passage.at
                walk.append(mark)
            }
            last = passage
        }
        close()
        return places
    }

    /// What each reader came by, in the order of time.
    private func passages(_ ranks: ShelfRanks) -> [Passage] {
        var passages: [Passage] = []
        passages.reserveCapacity(tags.reduce(0) { $0 + $1.hearings.count })
        for tag in tags where tag.items.count == 1 {
            guard let number = tag.items.numbers.first else { continue }
            let place: Int32
            if number < expected.count {
                guard ranks.firsts[number] >= 0 else { continue }
                place = Int32(number)
            } else {
                guard let mark = ranks.number(ofShelfMark: strangers[number - expected.count].barcode) else { continue }
                place = mark
            }
            for hearing in tag.hearings {
                let walker = UInt32(hearing.reader) << 16 | UInt32(hearing.pass)
                passages.append(Passage(at: hearing.nearest, walker: walker, number: place))
            }
        }
        passages.sort { ($0.walker, $0.at, $0.number) < ($1.walker, $1.at, $1.number) }
        return passages
    }

    private struct Passage {
        var at: Int64
        var walker: UInt32
        /// Place in shelf order; below 0 for a shelf tag.
        var number: Int32
    }
}

/// The right places of a shelf's items; copies of one call number share one.
struct ShelfRanks: Sendable {
    /// First place of the item's call number; -1 for an item that has none.
    private(set) var firsts: [Int32]
    private(set) var lasts: [Int32]
    /// Shelf tags by the place at which their shelf begins.
    private let marks: [(mark: ShelfMark, place: Int)]

    init(_ expected: PackedItems, marks: [ShelfMark]) {
        firsts = Array(repeating: -1, count: expected.count)
        lasts = firsts
        var begun: (key: ShelfKey, place: Int)?
        var places: [(ShelfMark, Int)] = []
        var waiting = marks.sorted { $0.from < $1.from }[...]
        for number in 0..<expected.count {
            guard let key = expected.key(number) else { continue }
            while let mark = waiting.first, mark.from <= key {
                places.append((mark, number))
                waiting.removeFirst()
            }
            if key != begun?.key { begun = (key, number) }
            firsts[number] = Int32(begun?.place ?? number)
            lasts[begun?.place ?? number] = Int32(number)
        }
        self.marks = places
    }

    /// Where the item belongs; copies may stand in any order.
    func mark(_ number: Int) -> WalkPositions.Mark? {
        guard firsts[number] >= 0 else { return nil }
        let (first, last) = (Double(firsts[number]), Double(lasts[Int(firsts[number])]))
        return WalkPositions.Mark(number: number, rank: (first + last) / 2, play: (last - first) / 2)
    }

    /// Below 0; `nil` when it is no shelf tag of this shelf.
    func number(ofShelfMark barcode: String) -> Int32? {
        marks.firstIndex { $0.mark.barcode == barcode }.map { -1 - Int32($0) }
    }

    func shelfMark(_ number: Int32) -> WalkPositions.Mark? {
        let place = Double(marks[Int(-1 - number)].place) - 0.5
        return WalkPositions.Mark(number: Int(number), rank: place, isShelfMark: true)
    }

    /// The shelf on which this place lies; `nil` when no shelf tag tells.
    func shelf(_ place: Double) -> String? {
        marks.last { Double($0.place) - 0.5 <= place }?.mark.name
    }
}

/// Where each item stands by all walks together.
struct HeardPlaces: Sendable {
    private var weights: [Float]
    private var sums: [Double]
    private var doubts: [Bool]
    /// Whether it was heard at the ends of walks alone.
    private var ends: [Bool]

    init(count: Int) {
        weights = Array(repeating: 0, count: count)
        sums = Array(repeating: 0, count: count)
        doubts = Array(repeating: false, count: count)
        ends = doubts
    }

    mutating func take(_ position: WalkPositions.Position) {
        let number = Int(position.number)
        // The end of a walk heard only one side: it tells nothing where another walk passed by.
        if position.isAtEnd, weights[number] > 0, !ends[number] { return }
        if ends[number], !position.isAtEnd {
            (weights[number], sums[number], doubts[number], ends[number]) = (0, 0, false, false)
        }
        let weight = 1 / Float(position.margin * position.margin)
        if let before = place(number), (before.at - position.place).magnitude > before.margin + position.margin {
            doubts[number] = true
        }
        if position.isAtEnd {
            doubts[number] = true
            ends[number] = true
        }
        weights[number] += weight
        sums[number] += Double(weight) * position.place
    }

    func isPlaced(_ number: Int) -> Bool { weights[number] > 0 }

    /// `isDoubtful` when walks disagree, or it was heard where a walk began or ended.
    func place(_ number: Int) -> (at: Double, margin: Double, isDoubtful: Bool)? {
        guard weights[number] > 0 else { return nil }
        let weight = Double(weights[number])
        return (sums[number] / weight, 1 / weight.squareRoot(), doubts[number])
    }
}
