package import FoundationEssentials

/// An item of the holdings in the words that people look at.
package struct ItemSummary: Codable, Hashable, Sendable {
    /// What its tag carries as primary item identifier; never empty.
    package var barcode: String
    /// Further barcodes that mean this item, such as one that was pasted over.
    package var otherBarcodes: [String]
    /// `nil` when the export has none.
    package var title: String?
    /// As printed on the spine; `nil` when the export has none.
    package var callNumber: String?
    /// By which rules it is filed: `lcc`, `ddc`, `nlm`, `sudoc`, `udc`, `local`.
    package var scheme: String
    /// Volume, year, issue: `v.3`.
    package var enumeration: String?
    /// As the library system writes it: `c.2`.
    package var copyNumber: String?
    /// The branch it belongs to, by the library system's code or name.
    package var homeBranch: String?
    /// The branch that has it now, by the library system's code or name.
    package var holdingBranch: String?
    /// Where it is shelved now, a temporary place included.
    package var location: String?
    /// Where it belongs.
    package var permanentLocation: String?
    /// The library system's own code or name.
    package var collection: String?
    /// The library system's own code or name.
    package var itemType: String?
    /// One vocabulary for every library system: `available`, `on loan`, `in transit`, `on hold shelf`, `lost`, …
    package var status: String
    /// The library system's own words for the status.
    package var statusText: String?
    /// Parts of the item, when the library system knows; 1 for a plain book.
    package var parts: Int?
    /// ISIL of the owner, when it is not the site's own.
    package var owner: String?
    /// When the library system saw it last, as the export writes it.
    package var lastSeen: String?

    package init(
        barcode: String,
        otherBarcodes: [String] = [],
        title: String? = nil,
        callNumber: String? = nil,
        scheme: String = "lcc",
        enumeration: String? = nil,
        copyNumber: String? = nil,
        homeBranch: String? = nil,
        holdingBranch: String? = nil,
        location: String? = nil,
        permanentLocation: String? = nil,
        collection: String? = nil,
        itemType: String? = nil,
        status: String = "available",
        statusText: String? = nil,
        parts: Int? = nil,
        owner: String? = nil,
        lastSeen: String? = nil
    ) {
        self.barcode = barcode
        self.otherBarcodes = otherBarcodes
        self.title = title
        self.callNumber = callNumber
        self.scheme = scheme
        self.enumeration = enumeration
        self.copyNumber = copyNumber
        self.homeBranch = homeBranch
        self.holdingBranch = holdingBranch
        self.location = location
        self.permanentLocation = permanentLocation
        self.collection = collection
        self.itemType = itemType
        self.status = status
        self.statusText = statusText
        self.parts = parts
        self.owner = owner
        self.lastSeen = lastSeen
    }
}

/// All that is known of an item: `GET /v1/holdings/items/{barcode}` or `GET /v1/holdings/items?uid=…`.
package struct ItemKnowledge: Codable, Hashable, Sendable {
    /// The one that the holdings file it under; `nil` for a tag that was read and carries none.
    package var barcode: String?
    /// `nil` when the holdings do not have it.
    package var item: ItemSummary?
    /// Whether the call number has a place in shelf order.
    package var filed: Bool
    /// The tags that were read with this barcode.
    package var tags: [KnownTag]

    package init(barcode: String?, item: ItemSummary?, filed: Bool, tags: [KnownTag]) {
        self.barcode = barcode
        self.item = item
        self.filed = filed
        self.tags = tags
    }
}

/// A tag as it was read last.
package struct KnownTag: Codable, Hashable, Sendable {
    /// 16 hexadecimal digits, beginning with `E0`.
    package var uid: String
    /// The data model's name: `iso28560-3`, `blank`, `raw`.
    package var model: String
    /// Which part of how many: `2 of 3`.
    package var part: Int?
    /// Parts of the item by its tag, 0 on tags whose writer did not know; `nil` when the tag does not say.
    package var parts: Int?
    /// When its memory was read last.
    package var readAt: Date

    package init(uid: String, model: String, part: Int?, parts: Int?, readAt: Date) {
        self.uid = uid
        self.model = model
        self.part = part
        self.parts = parts
        self.readAt = readAt
    }
}

/// What changed from one snapshot to another: `GET /v1/holdings/difference?from=3&to=4&limit=100`.
package struct HoldingsComparison: Codable, Hashable, Sendable {
    /// One item that is not the same in both snapshots.
    package struct Change: Codable, Hashable, Sendable {
        /// `added`, `removed`, `refiled`, `moved`, `status`, `other`.
        package var kind: String
        /// The item as it was; `nil` when it is new.
        package var before: ItemSummary?
        /// The item as it is; `nil` when it is gone.
        package var after: ItemSummary?

        package init(kind: String, before: ItemSummary?, after: ItemSummary?) {
            self.kind = kind
            self.before = before
            self.after = after
        }
    }

    /// Number of the older snapshot; the one before `to` unless asked otherwise.
    package var from: Int
    /// Number of the newer snapshot; the one in use unless asked otherwise.
    package var to: Int
    /// How many items of each kind; kinds without any are left out.
    package var counts: [String: Int]
    /// Items that are the same in both.
    package var unchanged: Int
    /// The first changes in the order of barcodes.
    package var changes: [Change]

    package init(from: Int, to: Int, counts: [String: Int], unchanged: Int, changes: [Change]) {
        self.from = from
        self.to = to
        self.counts = counts
        self.unchanged = unchanged
        self.changes = changes
    }
}
