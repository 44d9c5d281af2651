/// A stretch of the shelf: how many items are expected there and how many of them were heard.
package struct SweepStretch: Hashable, Sendable {
    /// Call number of its first item, as printed.
    package var from: String
    /// Items that should be standing there.
    package var expected: Int
    /// Of these the ones that were heard.
    package var seen: Int
    /// Of those that were not heard, the ones that are missing; `nil` where the sweep was not looked through.
    package var missing: Int?
    /// Items that stand here and belong elsewhere; `nil` where the sweep was not looked through.
    package var misplaced: Int?

    package init(from: String, expected: Int, seen: Int, missing: Int? = nil, misplaced: Int? = nil) {
        self.from = from
        self.expected = expected
        self.seen = seen
        self.missing = missing
        self.misplaced = misplaced
    }
}

extension SweepReconciliation {
    /// Stretches the shelf is shown in: about as many as fit side by side on a terminal line.
    package static let stretchCount = 60

    /// The expected items in shelf order, cut into stretches as equal as can be; fewer when there are fewer items.
    ///
    /// Counted along with each sighting: costs the same at any size.
    package var stretches: [SweepStretch] {
        seenByStretch.indices.map { number in
            let items = items(of: number)
            return SweepStretch(
                from: expected.callNumber(items.lowerBound) ?? "",
                expected: items.count,
                seen: seenByStretch[number]
            )
        }
    }

    /// The same with what a report found in them: what is missing where it belongs, what is misplaced where it stands.
    package func stretches(in report: SweepReport) -> [SweepStretch] {
        var missing = seenByStretch.map { _ in 0 }
        var misplaced = missing
        for finding in report.findings where finding.kind == .missing {
            guard case .item(let barcode) = finding.id.subject, let place = expected.number(of: barcode) else {
                continue
            }
            missing[stretch(of: place)] += 1
        }
        for move in report.moves {
            // Only items that stand where they belong are neighbours, so that their place is known.
            guard let neighbour = move.standsBetween.after ?? move.standsBetween.before,
                let place = expected.number(of: neighbour.barcode)
            else { continue }
            misplaced[stretch(of: place)] += 1
        }
        return stretches.enumerated().map { number, stretch in
            var stretch = stretch
            stretch.missing = missing[number]
            stretch.misplaced = misplaced[number]
            return stretch
        }
    }

    /// Places of the items in a stretch.
    func items(of stretch: Int) -> Range<Int> {
        let count = seenByStretch.count
        return (expected.count * stretch / count)..<(expected.count * (stretch + 1) / count)
    }

    /// The stretch that a place in shelf order belongs to.
    func stretch(of place: Int) -> Int {
        ((place + 1) * seenByStretch.count - 1) / expected.count
    }
}
