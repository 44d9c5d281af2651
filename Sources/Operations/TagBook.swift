package import Library
package import Store
package import Tags

/// What earlier readings told of tags, so that a wand needs only their numbers on its next pass.
package struct TagBook: Sendable {
    private let store: Store

    package init(store: Store) {
        self.store = store
    }

    /// Whether the tag's item is known. A tag without an item identifier is read again each time it comes.
    package func knows(_ uid: TagUID) -> Bool {
        ((try? store.tag(uid: uid)) ?? nil)?.barcode != nil
    }

    /// The record of a heard tag: from its reading when it was read, else from the book; never of a patron card.
    package func record(of heard: HeardTag) throws(StoreError) -> TagRecord? {
        switch heard.content {
        case .unread:
            var record = try store.tag(uid: heard.uid)
            if let afi = heard.afi { record?.afi = afi }
            return record
        case .read(_, let tag):
            return TagRecord(uid: heard.uid, reading: tag, afi: heard.afi, at: heard.at)
        case .unreadable:
            return nil
        }
    }

    /// Writes down what was read of tags up to `now`.
    package func remember(_ records: [TagRecord], by now: Moment) throws(StoreError) {
        try store.remember(records, by: now)
    }
}
