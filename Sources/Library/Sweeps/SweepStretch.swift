/// A stretch of the shelf: how many items are expected there and how many of them were heard.
package struct SweepStretch: Hashable, Sendable {
    /// Call number of its first item, as printed.
    package var from: String
    package var expected: Int
    package var seen: Int

    package init(from: String, expected: Int, seen: Int) {
        self.from = from
        self.expected = expected
        self.seen = seen
    }
}

extension SweepReconciliation {
    /// The expected items in shelf order, cut into `count` stretches as equal as can be; fewer when there are fewer
    /// items. Linear in the number of expected items.
    package func stretches(_ count: Int) -> [SweepStretch] {
        let count = min(max(count, 0), expected.count)
        return (0..<count).map { number in
            let range = (expected.count * number / count)..<(expected.count * (number + 1) / count)
            return SweepStretch(
                from: expected[range.lowerBound].item.callNumber ?? "",
                expected: range.count,
                seen: expected[range].count { carriers[$0.item.barcode] != nil }
            )
        }
    }
}
