/// Everything a gate's decision needs to know of a tag: no text, no barcode, so that it can be kept for millions of
/// items and replayed later without telling which item it was.
package struct GateFacts: Hashable, Sendable {
    /// What the tag is, by its memory.
    package enum Tag: UInt8, Hashable, Sendable, CaseIterable {
        /// Its memory was never read.
        case unread
        /// Read, and no library item: nothing that we understand.
        case foreign
        case item
    }

    /// Whose tag it is.
    package enum Owner: UInt8, Hashable, Sendable, CaseIterable {
        case own
        /// It names no owner, and the site takes such tags for its own.
        case assumed
        /// It names no owner, and the site does not take such tags for its own.
        case unnamed
        /// A library of the site's list.
        case neighbour
        case other
    }

    /// Where the status comes from.
    package enum Source: UInt8, Hashable, Sendable, CaseIterable {
        case snapshot
        /// A loan or return that a device of ours was told of.
        case device
        /// The library system, asked just now.
        case live
    }

    /// What the tag is by its memory; of anything but an item all that follows says nothing.
    package var tag: Tag
    /// Whose tag it is, by its own word or by the list of neighbours.
    package var owner: Owner
    /// Which part of a set the tag is on; 0 for the whole item.
    package var part: UInt16
    /// How many parts the set has by its tag; 0 when the tag tells nothing of a set.
    package var parts: UInt16
    /// `nil`: the holdings do not know the item.
    package var status: ItemStatus?
    /// Where ``status`` comes from, which decides how old it may be.
    package var source: Source
    /// When that was known to be so; `nil` when nobody can say.
    package var knownAt: Moment?
    /// When a device of ours saw it given back last.
    package var returnedAt: Moment?
    /// Until when the item has leave to go out.
    package var passUntil: Moment?

    package init(
        tag: Tag,
        owner: Owner = .own,
        part: UInt16 = 0,
        parts: UInt16 = 0,
        status: ItemStatus? = nil,
        source: Source = .snapshot,
        knownAt: Moment? = nil,
        returnedAt: Moment? = nil,
        passUntil: Moment? = nil
    ) {
        self.tag = tag
        self.owner = owner
        self.part = part
        self.parts = parts
        self.status = status
        self.source = source
        self.knownAt = knownAt
        self.returnedAt = returnedAt
        self.passUntil = passUntil
    }

    /// A tag of which only the number was heard and whose number nobody knows.
    package static let unread = GateFacts(tag: .unread)
}

extension GatePolicy {
    /// Whose tag it is: what it says itself, then what the list of neighbours says of its barcode.
    package func owner(of institution: String?, barcode: String) -> GateFacts.Owner {
        if neighbours.contains(where: { $0.owns(institution: institution, barcode: barcode) }) { return .neighbour }
        return switch security.owner(institution) {
        case .own: .own
        case .assumedOwn: .assumed
        case .unnamed: .unnamed
        case .other: .other
        }
    }
}
