import Tags

/// A book on the shelf, as the field sees it: its tag and its body.
package struct ShelvedTag: Hashable, Sendable {
    /// The tag in the book; its number names the book too.
    package var tag: VirtualTag
    /// Of the book, in millimetres.
    package var thickness: Double
    /// How far behind the spine the tag sits, in millimetres; 0 is at the spine, where a wand hears it best.
    package var depth: Double

    package init(tag: VirtualTag, thickness: Double, depth: Double = 0) {
        self.tag = tag
        self.thickness = thickness
        self.depth = depth
    }
}

/// Books side by side, in the order of standing; a book taken out leaves its gap.
struct Shelf: Sendable {
    struct Stand: Hashable, Sendable {
        var uid: TagUID
        /// Distance of the tag from the shelf's left end, in millimetres.
        var centre: Double
        var depth: Double
    }

    /// Ordered by `centre`.
    private(set) var stands: [Stand] = []
    /// Length of all books together, in millimetres.
    private(set) var length = 0.0

    init() {}

    init(_ books: [ShelvedTag]) {
        stands.reserveCapacity(books.count)
        for book in books {
            let thickness = max(book.thickness, 0)
            stands.append(Stand(uid: book.tag.uid, centre: length + thickness / 2, depth: book.depth))
            length += thickness
        }
    }

    /// The numbers of the stands whose tags a wand at `position` can hear at all.
    func reached(from position: Double, reach: Double) -> Range<Int> {
        let span = reach * Coupling.farthest
        return firstStand(at: position - span)..<firstStand(beyond: position + span)
    }

    /// How well a wand at `position` hears the tag of this stand.
    func coupling(of number: Int, from position: Double, reach: Double) -> Double {
        let stand = stands[number]
        let along = stand.centre - position
        let distance = (along * along + stand.depth * stand.depth).squareRoot()
        var coupling = Coupling.at(distance: distance, reach: reach)
        if number > 0 { coupling *= Coupling.besideNeighbour(gap: stand.centre - stands[number - 1].centre) }
        if number + 1 < stands.count {
            coupling *= Coupling.besideNeighbour(gap: stands[number + 1].centre - stand.centre)
        }
        return coupling
    }

    private func firstStand(at position: Double) -> Int {
        partition { $0.centre >= position }
    }

    private func firstStand(beyond position: Double) -> Int {
        partition { $0.centre > position }
    }

    /// The first stand for which `isBehind` holds; it holds for all behind that one.
    private func partition(by isBehind: (Stand) -> Bool) -> Int {
        var low = 0
        var high = stands.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(stands[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
