package import Tags

/// A tag that was heard saying something else than it must by what is known of its item.
///
/// Open until it is heard right, put right, or something newer is known. One at most is open for each tag.
package struct Divergence: Hashable, Sendable {
    /// The tag that says something else.
    package var uid: TagUID
    /// The item's barcode, as it was known when the tag was heard last.
    package var barcode: String
    /// What the tags said when the tag was heard last.
    package var tags: TagsSay
    /// How the item stood when the tag was heard last.
    package var item: ItemStanding
    /// What the tag must say.
    package var wanted: SecurityState
    /// Who heard it last.
    package var reader: String
    /// When it was heard wrong first.
    package var first: Moment
    /// When it was heard wrong last.
    package var last: Moment
    /// How often it was heard.
    package var times: Int
    /// How it ended; `nil` while it is open.
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
