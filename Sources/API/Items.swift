package import FoundationEssentials

/// An item of the holdings in the words that people look at.
package struct ItemSummary: Codable, Hashable, Sendable {
    package var barcode: String
    package var otherBarcodes: [String]
    package var title: String?
    package var callNumber: String?
    package var scheme: String
    package var enumeration: String?
    package var copyNumber: String?
    package var homeBranch: String?
    package var holdingBranch: String?
    package var location: String?
    package var permanentLocation: String?
    package var collection: String?
    package var itemType: String?
    package var status: String
    /// The library system's own words for the status.
    package var statusText: String?
    package var parts: Int?
    package var owner: String?
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
    package var uid: String
    package var model: String
    /// Which part of how many: `2 of 3`.
    package var part: Int?
    package var parts: Int?
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
    package struct Change: Codable, Hashable, Sendable {
        /// `added`, `removed`, `refiled`, `moved`, `status`, `other`.
        package var kind: String
        package var before: ItemSummary?
        package var after: ItemSummary?

        package init(kind: String, before: ItemSummary?, after: ItemSummary?) {
            self.kind = kind
            self.before = before
            self.after = after
        }
    }

    package var from: Int
    package var to: Int
    /// How many items of each kind; kinds without any are left out.
    package var counts: [String: Int]
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
