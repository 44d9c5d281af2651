package import Library
package import Tags

/// What lies on a pad, for those who watch: of a patron card only that one lies there, of a tag nothing beyond its item
/// and how it is marked.
package struct PadReport: Hashable, Sendable {
    /// A tag that lies there and is no patron card.
    package struct Tag: Hashable, Sendable {
        /// As told by the inventory.
        package var uid: TagUID
        /// `nil` for a tag that is no item.
        package var barcode: String?
        /// The data model's name; `nil` when the tag could not be read.
        package var model: String?
        /// Armed, released, another value, or not read.
        package var security: TagSecurity

        package init(uid: TagUID, barcode: String?, model: String?, security: TagSecurity) {
            self.uid = uid
            self.barcode = barcode
            self.model = model
            self.security = security
        }
    }

    /// The pad's name in the configuration: `pad-1`.
    package var reader: String
    /// In the order of their numbers, ``mostTags`` at most.
    package var tags: [Tag]
    /// Patron cards, which are not among the tags.
    package var cards: Int
    /// Everything that lies there, cards and tags beyond ``mostTags`` included.
    package var count: Int

    /// No pad holds as many; a report stays below 40 kB.
    package static let mostTags = 256

    package init(reader: String, tags: [Tag], cards: Int, count: Int) {
        self.reader = reader
        self.tags = tags
        self.cards = cards
        self.count = count
    }
}

extension PadReport {
    init(reader: String, tags lying: [LyingTag], policy: SecurityPolicy) {
        let items = lying.filter { $0.kind != .patronCard }
        self.init(
            reader: reader,
            tags: items.prefix(Self.mostTags).map { tag in
                Tag(
                    uid: tag.uid,
                    barcode: tag.kind == .item ? tag.barcode : nil,
                    model: tag.content?.model,
                    security: policy.security(of: tag.uid, tag.mark)
                )
            },
            cards: lying.count - items.count,
            count: lying.count
        )
    }
}
