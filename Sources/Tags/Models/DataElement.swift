/// A data element of ISO 28560-1; the position in the list is the element's number and its relative object identifier.
package enum DataElement: Int, Hashable, Sendable, CaseIterable {
    case uniqueItemIdentifier = 0
    case primaryItemIdentifier
    case contentParameter
    case ownerInstitution
    case setInformation
    case typeOfUsage
    case shelfLocation
    case onixMediaFormat
    case marcMediaFormat
    case supplierIdentifier
    case orderNumber
    case illBorrowingInstitution
    case illTransactionNumber
    case gs1ProductIdentifier
    case alternativeUniqueItemIdentifier
    case localDataA
    case localDataB
    case title
    case productIdentifierLocal
    case mediaFormat
    case supplyChainStage
    case supplierInvoiceNumber
    case alternativeItemIdentifier
    case alternativeOwnerInstitution
    case subsidiaryOfOwnerInstitution
    case alternativeIllBorrowingInstitution
    case localDataC
}

extension DataElement {
    /// The element with the number 0 to 26; `nil` for the reserved numbers above.
    package init?(oid: Int) {
        self.init(rawValue: oid)
    }

    /// The element's number, 0 to 26.
    package var oid: Int { rawValue }

    /// `primaryItemIdentifier`, `ownerInstitution`, …
    package var name: String { Self.names[rawValue] }

    /// Spelt out, not derived: literals are free to pass around, and every tag read passes around a handful.
    private static let names = [
        "uniqueItemIdentifier",
        "primaryItemIdentifier",
        "contentParameter",
        "ownerInstitution",
        "setInformation",
        "typeOfUsage",
        "shelfLocation",
        "onixMediaFormat",
        "marcMediaFormat",
        "supplierIdentifier",
        "orderNumber",
        "illBorrowingInstitution",
        "illTransactionNumber",
        "gs1ProductIdentifier",
        "alternativeUniqueItemIdentifier",
        "localDataA",
        "localDataB",
        "title",
        "productIdentifierLocal",
        "mediaFormat",
        "supplyChainStage",
        "supplierInvoiceNumber",
        "alternativeItemIdentifier",
        "alternativeOwnerInstitution",
        "subsidiaryOfOwnerInstitution",
        "alternativeIllBorrowingInstitution",
        "localDataC",
    ]

    /// Name of any number a tag may carry; 27 and above are reserved.
    package static func name(oid: Int) -> String {
        names.indices.contains(oid) ? names[oid] : "reserved"
    }

    /// How the element's value is written, where it is not plain text.
    package enum Form: Hashable, Sendable {
        case text, isil, digits, singleByte, bitmap
    }

    /// ISO 28560-1 and ISO 28560-2 clause on compaction.
    package var form: Form {
        switch self {
        case .ownerInstitution, .illBorrowingInstitution: .isil
        case .setInformation: .digits
        case .typeOfUsage, .mediaFormat, .supplyChainStage: .singleByte
        case .contentParameter: .bitmap
        default: .text
        }
    }
}
