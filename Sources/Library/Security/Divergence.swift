package import Tags

/// A tag that was heard saying something else than it must by what is known of its item.
///
/// Open until it is heard right, put right, or something newer is known. One at most is open for each tag.
package struct Divergence: Hashable, Sendable {
    package var uid: TagUID
    package var barcode: String
    package var tags: TagsSay
    package var item: ItemStanding
    /// What the tag must say.
    package var wanted: SecurityState
    /// Who heard it last.
    package var reader: String
    package var first: Moment
    package var last: Moment
    /// How often it was heard.
    package var times: Int
    package var closed: DivergenceEnd?

    package init(
        uid: TagUID,
        barcode: String,
        tags: TagsSay,
        item: ItemStanding,
        wanted: SecurityState,
        reader: String,
        first: Moment,
        last: Moment,
        times: Int = 1,
        closed: DivergenceEnd? = nil
    ) {
        self.uid = uid
        self.barcode = barcode
        self.tags = tags
        self.item = item
        self.wanted = wanted
        self.reader = reader
        self.first = first
        self.last = last
        self.times = times
        self.closed = closed
    }
}

/// How a divergence ended.
package enum DivergenceEnd: String, Hashable, Sendable, CaseIterable {
    /// A device of ours wrote it right and read it back.
    case repaired
    /// It was heard saying what it must.
    case heardRight = "heard right"
}
