/// Decides which stretches of the shelf were swept well enough to call an item missing there.
///
/// The rule of this version: a place counts as swept when, of the items expected next to it in shelf order, at least
/// one within `reach` places was heard on its left and one on its right. So nothing is called missing beyond the first
/// and the last item heard, nor in a gap longer than that. What it cannot see: a book that stands in the wrong stretch
/// speaks for its own stretch, but one alone never makes a neighbour missing, since two are needed. A pass over a swept
/// place also has to be good: where a wand hears little, silence says little.
package struct Coverage: Hashable, Sendable {
    /// Places to each side, at least 1; ten books are some 25 cm of shelf.
    package var reach: Int
    /// Good passes wanted over its neighbourhood, at least 1: a good one heard four fifths of what is expected there.
    package var passes: Int

    /// Numbers below 1 count as 1.
    package init(reach: Int = 10, passes: Int = 1) {
        self.reach = max(1, reach)
        self.passes = max(1, passes)
    }

    /// For each place in shelf order whether it was swept; `heard` says for each whether its item was heard.
    ///
    /// Linear in the number of places.
    package func swept(_ heard: [Bool]) -> [Bool] {
        let left = distances(heard.indices, heard)
        let right = distances(heard.indices.reversed(), heard)
        return heard.indices.map { place in heard[place] || (left[place] <= reach && right[place] <= reach) }
    }

    /// How far each place is from the last one heard, walking along `order`; more than `reach` when there is none.
    private func distances(_ order: some Sequence<Int>, _ heard: [Bool]) -> [Int] {
        var distances = Array(repeating: reach + 1, count: heard.count)
        var distance = reach + 1
        for place in order {
            distance = heard[place] ? 0 : min(distance + 1, reach + 1)
            distances[place] = distance
        }
        return distances
    }
}
