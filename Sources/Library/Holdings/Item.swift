/// One item of the holdings snapshot: what the library system says a book is, where it belongs and how it stands.
///
/// There is no place in it for a patron: who has the item is never imported.
package struct Item: Hashable, Sendable {
    /// The item's barcode, which its tag carries as primary item identifier. Never empty.
    package var barcode: String
    /// Further barcodes that mean this item, such as one that was pasted over; none of them is the barcode.
    package var otherBarcodes: [String]
    /// The library system's own item number.
    package var itemIdentifier: String?
    /// The library system's own title record number.
    package var recordIdentifier: String?
    /// As the library system shows it, for people to look at.
    package var title: String?
    /// As printed on the spine.
    package var callNumber: String?
    /// By which rules ``callNumber`` is filed; the importer's standard scheme where the library system names none.
    package var scheme: CallNumberScheme
    /// The library system's own sort key, for sites that trust it more than ours.
    package var systemSortKey: String?
    /// Volume, year, issue.
    package var enumeration: String?
    /// As the library system writes it; files behind ``enumeration``.
    package var copyNumber: String?
    /// The branch that owns it: Koha's `homebranch`, Evergreen's owning library.
    package var homeBranch: String?
    /// The branch that has it now: Koha's `holdingbranch`, Evergreen's circulating library.
    package var holdingBranch: String?
    /// Where it is shelved now, a temporary place included.
    package var location: String?
    /// Where it belongs.
    package var permanentLocation: String?
    /// Koha's `ccode`: a part of the stock, whatever branch has it.
    package var collection: String?
    /// Koha's `itype`, Evergreen's circulation modifier, FOLIO's material type.
    package var itemType: String?
    /// How it stands, in one vocabulary for all library systems; ``statusText`` has the system's own word.
    package var status: ItemStatus
    /// The library system's own words or codes for the status.
    package var statusText: String?
    /// Tagged or countable parts, when the library system knows; 1 for a plain book.
    package var parts: Int?
    /// ISIL of the owner, when it is not the site's own.
    package var owner: String?
    /// When the library system saw it last.
    package var lastSeen: String?

    package init(
        barcode: String,
        otherBarcodes: [String] = [],
        itemIdentifier: String? = nil,
        recordIdentifier: String? = nil,
        title: String? = nil,
        callNumber: String? = nil,
        scheme: CallNumberScheme = .local,
        systemSortKey: String? = nil,
        enumeration: String? = nil,
        copyNumber: String? = nil,
        homeBranch: String? = nil,
        holdingBranch: String? = nil,
        location: String? = nil,
        permanentLocation: String? = nil,
        collection: String? = nil,
        itemType: String? = nil,
        status: ItemStatus = .available,
        statusText: String? = nil,
        parts: Int? = nil,
        owner: String? = nil,
        lastSeen: String? = nil
    ) {
        self.barcode = barcode
        self.otherBarcodes = otherBarcodes
        self.itemIdentifier = itemIdentifier
        self.recordIdentifier = recordIdentifier
        self.title = title
        self.callNumber = callNumber
        self.scheme = scheme
        self.systemSortKey = systemSortKey
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

/// How an item stands, in one vocabulary for every library system.
package enum ItemStatus: String, Hashable, Sendable, CaseIterable {
    case available
    case onLoan = "on loan"
    case inTransit = "in transit"
    case onHoldShelf = "on hold shelf"
    case lost
    case missing
    case claimedReturned = "claimed returned"
    case withdrawn
    case damaged
    case notForLoan = "not for loan"
    case inProcess = "in process"
    case unknown

    /// Whether an item of this status should be standing on its shelf.
    package var belongsOnShelf: Bool {
        switch self {
        case .available, .notForLoan, .damaged: true
        case .onLoan, .inTransit, .onHoldShelf, .lost, .missing, .claimedReturned, .withdrawn, .inProcess, .unknown:
            false
        }
    }
}

/// By which rules a call number is filed.
package enum CallNumberScheme: String, Hashable, Sendable, CaseIterable {
    case lcc, ddc, nlm, sudoc, udc, local
}
