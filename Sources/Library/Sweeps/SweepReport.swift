/// Where a sweep stands, in numbers.
package struct SweepSummary: Hashable, Sendable {
    /// Items expected within the scope; always `seen + missing + notSwept + gone + awaited`.
    package var expected: Int
    /// Of the expected items those that were heard.
    package var seen: Int
    /// 0 until the sweep is over.
    package var missing: Int
    /// Expected, not seen, and their place was not swept well enough to say more; 0 until the sweep is over.
    package var notSwept: Int
    /// Expected by the snapshot, not seen, and lent or taken away since; 0 until the sweep is over.
    package var gone: Int
    /// Expected and not yet seen; 0 when the sweep is over.
    package var awaited: Int
    /// Items heard that were not expected here.
    package var others: Int
    /// Tags heard, each once.
    package var tags: Int
    /// Of these the ones whose memory was never read: by no reader of the sweep, nor before it as far as is remembered.
    package var unreadTags: Int
    /// Findings by class, hidden classes left out.
    package var findings: [FindingKind: Int]

    package init(
        expected: Int,
        seen: Int,
        missing: Int,
        notSwept: Int,
        gone: Int = 0,
        awaited: Int,
        others: Int,
        tags: Int,
        unreadTags: Int,
        findings: [FindingKind: Int]
    ) {
        self.expected = expected
        self.seen = seen
        self.missing = missing
        self.notSwept = notSwept
        self.gone = gone
        self.awaited = awaited
        self.others = others
        self.tags = tags
        self.unreadTags = unreadTags
        self.findings = findings
    }
}

/// What a sweep came to: its numbers and every finding that the site wants to see, the most pressing first.
package struct SweepReport: Hashable, Sendable {
    /// The sweep in numbers.
    package var summary: SweepSummary
    /// Hidden classes left out; of the same severity by class, then in shelf order.
    package var findings: [Finding]
    /// The fewest moves that put right what stands certainly out of order, in the order of walking.
    package var moves: [ShelfMove]

    package init(summary: SweepSummary, findings: [Finding], moves: [ShelfMove] = []) {
        self.summary = summary
        self.findings = findings
        self.moves = moves
    }
}

/// A finding that came up or went away while sweeping.
package enum FindingChange: Hashable, Sendable {
    case appeared(Finding)
    /// New evidence has explained it: the second part of a set was heard after all. Or what spoke for it is forgotten.
    case gone(Finding.ID)
}

/// How far a sweep came on one day.
package struct SweepDay: Hashable, Sendable {
    /// By UTC, as `2026-03-02`.
    package var day: String
    /// Expected items heard for the first time.
    package var seen: Int

    package init(day: String, seen: Int) {
        self.day = day
        self.seen = seen
    }
}

extension SweepReconciliation {
    /// Expected items by the day on which they were heard first, in order of days.
    package var progress: [SweepDay] {
        var days: [String: Int] = [:]
        for number in heardItems where number < expected.count {
            guard let first = evidence(number).map(\.span.first).min() else { continue }
            days[first.day, default: 0] += 1
        }
        return days.sorted { $0.key < $1.key }.map { SweepDay(day: $0.key, seen: $0.value) }
    }

    /// The expected items that were heard, in shelf order, each with when last: what a library system may be told.
    ///
    /// With the status as it is now: a check-in of what was lent after it was heard would end that loan.
    package var seenItems: [(item: Item, at: Moment)] {
        heardItems.filter { $0 < expected.count }.compactMap { number in
            guard let at = evidence(number).map(\.span.last).max() else { return nil }
            var item = expected[number].item
            if let status = history(number)?.latest { item.status = status }
            return (item, at)
        }
    }
}
