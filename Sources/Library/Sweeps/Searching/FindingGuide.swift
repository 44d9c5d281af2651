package import Tags

/// Leads a person with a wand to one item: a number that grows the nearer it is.
///
/// By signal where the reader tells it, on the scale from the weakest to the strongest heard so far; else by how often
/// the tag answered the last looks: a tag at the edge of the field answers now and then, one in front of the wand each
/// time. What was heard long ago counts for nothing.
package struct FindingGuide: Hashable, Sendable {
    /// The item's tags; empty until the item was read once.
    package private(set) var tags: Set<TagUID>
    private var looks: [Look] = []
    private var weakest: Int?
    private var strongest: Int?

    private struct Look: Hashable, Sendable {
        var at: Moment
        var isHeard: Bool
        var signal: Int?
    }

    /// Looks older than this say nothing of where the wand is now.
    private static let memory = Duration.seconds(2)
    /// Looks that are kept at most: a wand makes some twenty a second.
    private static let longest = 60

    package init(tags: Set<TagUID>) {
        self.tags = tags
    }

    /// Takes a tag of the item that was read only now.
    package mutating func learn(_ tag: TagUID) { tags.insert(tag) }

    /// Takes one look at the field of a wand; `signal` of the item's tag, when it was heard and the reader tells it.
    package mutating func take(heard: some Sequence<TagUID>, signal: Int? = nil, at moment: Moment) {
        let isHeard = heard.contains(where: tags.contains)
        looks.removeAll { moment.since($0.at) > Self.memory || moment < $0.at }
        if looks.count >= Self.longest { looks.removeFirst() }
        looks.append(Look(at: moment, isHeard: isHeard, signal: isHeard ? signal : nil))
        guard isHeard, let signal else { return }
        weakest = min(weakest ?? signal, signal)
        strongest = max(strongest ?? signal, signal)
    }

    /// The item has left the field. What was heard before says nothing any more: of looks in which nobody answers a wand
    /// tells nothing, so that no later one may come to say so.
    package mutating func lose() { looks = [] }

    /// From 0, not heard, to 1, as near as it ever was; `moment` is now.
    package func strength(at moment: Moment) -> Double {
        let recent = looks.filter { moment.since($0.at) <= Self.memory }
        guard !recent.isEmpty else { return 0 }
        let rate = Double(recent.count { $0.isHeard }) / Double(recent.count)
        guard rate > 0, let weakest, let strongest, strongest > weakest,
            let signal = recent.last(where: { $0.signal != nil })?.signal
        else { return rate }
        // Heard at all is worth a tenth, so that the first faint answer shows.
        return 0.1 + 0.9 * Double(signal - weakest) / Double(strongest - weakest)
    }
}
