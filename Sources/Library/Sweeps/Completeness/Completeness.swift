/// How complete a sweep was: how many of the items that were not heard stand there all the same, with a range, and
/// where another walk would help.
package struct Completeness: Hashable, Sendable {
    /// Items that stand there unheard, in all stretches that were visited at least twice.
    package var unheard: Unheard
    /// Expected items in those stretches.
    package var judged: Int
    /// Of the judged ones those that were heard.
    package var heard: Int
    /// Items not heard in stretches that were visited once or never: nothing can be said of them.
    package var untold: Int
    /// What to sweep again, in shelf order; empty when another walk would not help.
    package var thinSpots: [ThinSpot]
    /// As many as ``SweepReconciliation/stretches``: items that stand there unheard; `nil` where nothing can be said.
    package var stretches: [Unheard?]
    /// By item number, the chance that an unheard item stands there; none where nothing can be said.
    var likelihoods: [Int: Double]

    /// Unheard items: the likely number, and a range that covers the truth in 95 % of sweeps.
    package struct Unheard: Hashable, Sendable {
        /// The likely number, which need not be a whole one.
        package var likely: Double
        /// From the least to the most that is to be believed; never below 0.
        package var range: ClosedRange<Int>

        package init(likely: Double, range: ClosedRange<Int>) {
            self.likely = likely
            self.range = range
        }
    }
}

/// A stretch that should be swept again.
package struct ThinSpot: Hashable, Sendable {
    /// Call numbers of its first and last item.
    package var from: String
    /// Call number of its last item, as printed; empty when that has none.
    package var to: String
    /// Places in shelf order.
    package var places: Range<Int>
    /// Of its items those that were heard there on a visit that counts.
    package var seen: Int
    /// Why another walk would help.
    package var reason: Reason

    /// Why another walk along a stretch would help.
    package enum Reason: Hashable, Sendable {
        /// Nothing was heard there.
        case notVisited
        /// One visit tells nothing of what it did not hear.
        case visitedOnce
        /// So many more items would likely be heard on another visit.
        case wouldGain(Double)
    }

    /// About how long it is: a book takes 2.5 cm in the mean of many collections.
    package var centimetres: Int { max(1, places.count * 5 / 2) }
}
