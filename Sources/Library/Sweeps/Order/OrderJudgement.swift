/// Judges from where items stand and where they belong which of them to move.
struct OrderJudgement {
    let sweep: SweepReconciliation
    let ranks: ShelfRanks
    let places: HeardPlaces

    /// The part of the margin from which on a difference is told as uncertain.
    private static let suspicious = 0.8

    /// An item that agrees with its place is taken to stand there; only the others have a range.
    private struct Candidate {
        var number: Int
        var rank: Double
        var at: Double
        var margin: Double
        /// How far it stands from where it belongs.
        var off: Double
        var isDoubtful: Bool

        var isSuspect: Bool { off > margin }
        var isSuspicious: Bool { off > margin * OrderJudgement.suspicious }
    }

    func check() -> ShelfOrderCheck {
        let placed = (0..<sweep.expected.count).filter { places.isPlaced($0) }
        var check = ShelfOrderCheck()
        check.placed = placed.count
        let suspects = placed.compactMap(candidate).filter(\.isSuspicious)
        guard !suspects.isEmpty else { return check }
        let sent = sent(placed, suspects)
        var isFirm = Array(repeating: false, count: sweep.expected.count)
        for number in placed { isFirm[number] = true }
        for candidate in suspects where candidate.isSuspect { isFirm[candidate.number] = false }
        let firm = placed.filter { isFirm[$0] }
        var moves: [(at: Double, move: ShelfMove)] = []
        for candidate in suspects where sent.contains(candidate.number) {
            if let reason = doubt(candidate) {
                check.verdicts.append((candidate.number, Verdict(kind: .orderUncertain, reason: reason)))
            } else {
                let move = move(candidate, firm)
                check.verdicts.append((candidate.number, verdict(move)))
                moves.append((candidate.at, move))
            }
        }
        for candidate in suspects where !sent.contains(candidate.number) {
            let reason = "it may stand \(Self.places(candidate.off)) from where it belongs, too near to be sure"
            check.verdicts.append((candidate.number, Verdict(kind: .orderUncertain, reason: reason)))
        }
        // The right shelf comes before the right place; then along the shelf as one walks.
        let sorted = moves.sorted { left, right in
            if (left.move.shelves == nil) != (right.move.shelves == nil) { return left.move.shelves != nil }
            return (left.at, left.move.item.barcode) < (right.at, right.move.item.barcode)
        }
        check.moves = sorted.map(\.move)
        return check
    }

    private func candidate(_ number: Int) -> Candidate? {
        guard let place = places.place(number), let mark = ranks.mark(number) else { return nil }
        return Candidate(
            number: number,
            rank: mark.rank,
            at: place.at,
            margin: place.margin,
            off: max(0, (place.at - mark.rank).magnitude - mark.play),
            isDoubtful: place.isDoubtful
        )
    }

    /// The items that cannot stay where they are, by the fewest moves.
    private func sent(_ placed: [Int], _ suspects: [Candidate]) -> Set<Int> {
        var ranges: [Int: ClosedRange<Double>] = [:]
        for candidate in suspects where candidate.isSuspect {
            ranges[candidate.number] = (candidate.at - candidate.margin)...(candidate.at + candidate.margin)
        }
        guard !ranges.isEmpty else { return [] }
        let items = placed.map { number in
            let rank = Int(ranks.firsts[number])
            let place = ranks.mark(number)?.rank ?? Double(rank)
            return StandingItem(rank: rank, position: ranges[number] ?? place...place)
        }
        return Set(zip(placed, FewestMoves.staying(items)).filter { !$0.1 }.map(\.0))
    }

    /// Why the item is not sent away though it seems to stand wrong; `nil` when it is certain.
    private func doubt(_ candidate: Candidate) -> String? {
        if candidate.isDoubtful { return "it was heard where a walk began or ended, or walks disagree about its place" }
        let (near, far) = (ranks.shelf(candidate.at - candidate.margin), ranks.shelf(candidate.at + candidate.margin))
        guard near != far, ranks.shelf(candidate.rank) == near || ranks.shelf(candidate.rank) == far,
            candidate.off < 2 * candidate.margin
        else { return nil }
        return "it stands at the end of a shelf, and belongs to the shelf beside it"
    }

    private func move(_ candidate: Candidate, _ firm: [Int]) -> ShelfMove {
        let shelves: ShelfMove.Shelves? =
            if let from = ranks.shelf(candidate.at), let to = ranks.shelf(candidate.rank), from != to {
                ShelfMove.Shelves(from: from, to: to)
            } else {
                nil
            }
        return ShelfMove(
            item: sweep.expected[candidate.number].item,
            standsBetween: neighbours(of: candidate.at, firm),
            belongsBetween: neighbours(of: Double(candidate.number), firm),
            places: Int((candidate.rank - candidate.at).rounded()),
            shelves: shelves
        )
    }

    /// The items that stand right on either side of a place.
    private func neighbours(of place: Double, _ firm: [Int]) -> ShelfMove.Neighbours {
        var (low, high) = (0, firm.count)
        while low < high {
            let middle = (low + high) / 2
            if Double(firm[middle]) <= place { low = middle + 1 } else { high = middle }
        }
        return ShelfMove.Neighbours(
            after: low > 0 ? sweep.expected[firm[low - 1]].item : nil,
            before: low < firm.count ? sweep.expected[firm[low]].item : nil
        )
    }

    private func verdict(_ move: ShelfMove) -> Verdict {
        if let shelves = move.shelves {
            return Verdict(kind: .wrongShelf, reason: "stands on \(shelves.from), belongs on \(shelves.to)")
        }
        let near = move.standsBetween.after?.callNumber ?? move.standsBetween.before?.callNumber ?? "the end"
        return Verdict(
            kind: .misplaced,
            reason: "stands near \(near), some \(Self.places(Double(move.places).magnitude)) from where it belongs"
        )
    }

    private static func places(_ count: Double) -> String {
        let count = max(1, Int(count.rounded()))
        return count == 1 ? "1 place" : "\(count) places"
    }
}
