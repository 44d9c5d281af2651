/// What a column or subfield of an export may mean to us.
package enum ItemField: Int, Hashable, Sendable, CaseIterable {
    case barcode
    /// Further barcodes of the item, between spaces, commas, semicolons or pipes.
    case otherBarcodes
    case itemIdentifier
    case recordIdentifier
    case title
    case callNumber
    case callNumberPrefix
    case callNumberSuffix
    case scheme
    case systemSortKey
    case enumeration
    case copyNumber
    case homeBranch
    case holdingBranch
    case location
    case permanentLocation
    case collection
    case itemType
    case owner
    case parts
    case lastSeen
    /// One word for the whole state of the item.
    case status
    /// A due date, or any other sign that the item is on loan.
    case onLoan
    case lost
    case withdrawn
    case damaged
    case notForLoan
    /// Any sign of an open transfer.
    case transit
    /// The state of a hold that has found the item.
    case hold
    case claimedReturned

    /// The field's name in a site's column map.
    package var name: String {
        switch self {
        case .barcode: "barcode"
        case .otherBarcodes: "other-barcodes"
        case .itemIdentifier: "item-id"
        case .recordIdentifier: "record-id"
        case .title: "title"
        case .callNumber: "call-number"
        case .callNumberPrefix: "call-number-prefix"
        case .callNumberSuffix: "call-number-suffix"
        case .scheme: "scheme"
        case .systemSortKey: "sort-key"
        case .enumeration: "enumeration"
        case .copyNumber: "copy"
        case .homeBranch: "home-branch"
        case .holdingBranch: "holding-branch"
        case .location: "location"
        case .permanentLocation: "permanent-location"
        case .collection: "collection"
        case .itemType: "item-type"
        case .owner: "owner"
        case .parts: "parts"
        case .lastSeen: "last-seen"
        case .status: "status"
        case .onLoan: "on-loan"
        case .lost: "lost"
        case .withdrawn: "withdrawn"
        case .damaged: "damaged"
        case .notForLoan: "not-for-loan"
        case .transit: "transit"
        case .hold: "hold"
        case .claimedReturned: "claimed-returned"
        }
    }

    /// The field of this name in a site's column map.
    package init?(name: String) {
        guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = field
    }
}
