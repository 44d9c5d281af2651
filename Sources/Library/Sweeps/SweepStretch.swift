/// A stretch of the shelf: how many items are expected there and how many of them were heard.
package struct SweepStretch: Hashable, Sendable {
    /// Call number of its first item, as printed.
    package var from: String
    /// Items that should be standing there.
    package var expected: Int
    /// Of these the ones that were heard.
    package var seen: Int

    package init(from: String, expected: Int, seen: Int) {
        self.from = from
        self.expected = expected
        self.seen = seen
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
