/// A data element of ISO 28560-1; the position in the list is the element's number and its relative object identifier.
package enum DataElement: String, Hashable, Sendable, CaseIterable {
    case uniqueItemIdentifier
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
    private static let byNumber = allCases

    /// The element with the number 0 to 26; `nil` for the reserved numbers above.
    package init?(oid: Int) {
        guard Self.byNumber.indices.contains(oid) else { return nil }
        self = Self.byNumber[oid]
    }

    /// The element's number, 0 to 26.
    package var oid: Int { Self.byNumber.firstIndex(of: self) ?? 0 }

    /// Name of any number a tag may carry; 27 and above are reserved.
    package static func name(oid: Int) -> String {
        DataElement(oid: oid)?.rawValue ?? "reserved"
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
