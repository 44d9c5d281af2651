package import Library
package import Tags

/// An item as it lies on a pad, with every tag of it, or a tag that is no item.
package struct PadItem: Hashable, Sendable {
    /// What a tag turned out to be.
    package enum Kind: Hashable, Sendable {
        /// A tag with nothing on it.
        case blank
        case item
        /// What stands on a patron card is nobody's business: it has a barcode here only where the site wants that.
        case patronCard
        /// It answers, and nothing on it was understood.
        case unreadable
    }

    /// One tag of the item.
    package struct Part: Hashable, Sendable {
        /// As told by the inventory.
        package var uid: TagUID
        /// As the tag says, or a single whole item.
        package var set: SetInformation
        /// Armed, released, another value, or not read.
        package var security: TagSecurity
        /// The data model's name; `nil` when the tag could not be read.
        package var model: String?
        /// ISIL of the library that the tag names (ISO 15511); `nil` when it names none.
        package var owner: String?

        package init(
            uid: TagUID,
            set: SetInformation = .single,
            security: TagSecurity,
            model: String? = nil,
            owner: String? = nil
        ) {
            self.uid = uid
            self.set = set
            self.security = security
            self.model = model
            self.owner = owner
        }
    }

    /// What its tags turned out to be.
    package var kind: Kind
    /// `nil` for a tag that is no item, and for a patron card where the site does not show them.
    package var barcode: String?
    /// At least one; in the order of their ordinals, then of their numbers.
    package var parts: [Part]
    /// Whether the tags that lie there are one whole set.
    package var isComplete: Bool
    /// Parts that the tags say there are.
    package var total: Int

    package init(kind: Kind, barcode: String?, parts: [Part], isComplete: Bool, total: Int) {
        self.kind = kind
        self.barcode = barcode
        self.parts = parts
        self.isComplete = isComplete
        self.total = total
    }

    /// What its tags say together.
    package var security: ItemSecurity { ItemSecurity(parts: parts.map(\.security)) }
}

extension PadItem {
    /// Groups the tags of a pad into items, in the order of their barcodes; tags that are none come last.
    package static func group(_ tags: [LyingTag], by policy: SecurityPolicy, showingCards: Bool) -> [PadItem] {
        var items: [String: [LyingTag]] = [:]
        var others: [PadItem] = []
        for tag in tags.sorted(by: { $0.uid < $1.uid }) {
            let part = Part(tag, by: policy)
            switch tag.kind {
            case .item:
                if let barcode = tag.barcode { items[barcode, default: []].append(tag) }
            case .patronCard:
                let barcode = showingCards ? tag.barcode : nil
                others.append(
                    PadItem(kind: .patronCard, barcode: barcode, parts: [part], isComplete: true, total: 1)
                )
            case .blank, .unreadable:
                others.append(PadItem(kind: tag.kind, barcode: nil, parts: [part], isComplete: true, total: 1))
            }
        }
        let whole = items.sorted { $0.key < $1.key }.map { barcode, tags in
            let contents = tags.compactMap { tag in
                tag.content.map { PadTag(uid: tag.uid, content: $0, mark: tag.mark) }
            }
            let parts = tags.map { Part($0, by: policy) }
            return PadItem(
                kind: .item,
                barcode: barcode,
                parts: parts.sorted { ($0.set.ordinal, $0.uid) < ($1.set.ordinal, $1.uid) },
                isComplete: SecurityRefusal.wrong(with: contents) == nil,
                total: max(parts.map(\.set.total).max() ?? 1, 1)
            )
        }
        return whole + others
    }
}

extension PadItem.Part {
    fileprivate init(_ tag: LyingTag, by policy: SecurityPolicy) {
        self.init(
            uid: tag.uid,
            set: tag.content?.setInformation ?? .single,
            security: policy.security(of: tag.uid, tag.mark),
            model: tag.content?.model,
            owner: tag.content?.ownerInstitution
        )
    }
}

/// A tag that lies on a pad, as far as it was read.
package struct LyingTag: Hashable, Sendable {
    /// As told by the inventory.
    package var uid: TagUID
    /// `nil` when reading failed.
    package var content: LibraryTag?
    /// AFI and EAS as read last; what is `nil` was not told or not asked for yet.
    package var mark: SecurityMark

    package init(uid: TagUID, content: LibraryTag?, mark: SecurityMark) {
        self.uid = uid
        self.content = content
        self.mark = mark
    }

    /// `nil` when the tag could not be read, or carries none; of a patron card it is the card's number.
    package var barcode: String? { content?.primaryItemIdentifier }

    /// What it turned out to be; `unreadable` covers failed readings and contents that name no item.
    package var kind: PadItem.Kind {
        guard let content else { return .unreadable }
        if content.typeOfUsage?.isPatronCard == true { return .patronCard }
        if content.primaryItemIdentifier != nil, content.recognition.confidence > .no { return .item }
        return content.model == BlankModel.name ? .blank : .unreadable
    }
}
