/// The two letters that begin a variable field.
package struct FieldCode: Hashable, Sendable {
    package let first: UInt8
    package let second: UInt8

    package init(_ first: UInt8, _ second: UInt8) {
        self.first = first
        self.second = second
    }

    private init(_ letters: (Unicode.Scalar, Unicode.Scalar)) {
        self.init(UInt8(ascii: letters.0), UInt8(ascii: letters.1))
    }
}

extension FieldCode: CustomStringConvertible {
    /// The letters; a byte that is no letter or digit is shown as a dot.
    package var description: String {
        String(decoding: [first, second].map(Self.visible), as: UTF8.self)
    }

    private static func visible(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            byte
        default: UInt8(ascii: ".")
        }
    }
}

/// The fields of ils.md §2.1, in the order of their letters.
extension FieldCode {
    package static let patronIdentifier = FieldCode(("A", "A"))
    package static let itemIdentifier = FieldCode(("A", "B"))
    package static let terminalPassword = FieldCode(("A", "C"))
    package static let patronPassword = FieldCode(("A", "D"))
    package static let personalName = FieldCode(("A", "E"))
    /// Shown to the patron.
    package static let screenMessage = FieldCode(("A", "F"))
    /// Printed on the receipt.
    package static let printLine = FieldCode(("A", "G"))
    package static let dueDate = FieldCode(("A", "H"))
    package static let titleIdentifier = FieldCode(("A", "J"))
    package static let blockedCardMessage = FieldCode(("A", "L"))
    package static let libraryName = FieldCode(("A", "M"))
    package static let terminalLocation = FieldCode(("A", "N"))
    package static let institution = FieldCode(("A", "O"))
    /// Where the item is at this moment; the branch of a check-in.
    package static let currentLocation = FieldCode(("A", "P"))
    package static let permanentLocation = FieldCode(("A", "Q"))
    package static let holdItems = FieldCode(("A", "S"))
    package static let overdueItems = FieldCode(("A", "T"))
    package static let chargedItems = FieldCode(("A", "U"))
    package static let fineItems = FieldCode(("A", "V"))
    package static let homeAddress = FieldCode(("B", "D"))
    package static let emailAddress = FieldCode(("B", "E"))
    package static let homePhone = FieldCode(("B", "F"))
    package static let owner = FieldCode(("B", "G"))
    package static let currency = FieldCode(("B", "H"))
    package static let cancel = FieldCode(("B", "I"))
    package static let transaction = FieldCode(("B", "K"))
    package static let validPatron = FieldCode(("B", "L"))
    package static let renewedItems = FieldCode(("B", "M"))
    package static let unrenewedItems = FieldCode(("B", "N"))
    package static let feeAcknowledged = FieldCode(("B", "O"))
    package static let startItem = FieldCode(("B", "P"))
    package static let endItem = FieldCode(("B", "Q"))
    package static let queuePosition = FieldCode(("B", "R"))
    package static let pickupLocation = FieldCode(("B", "S"))
    package static let feeType = FieldCode(("B", "T"))
    package static let recallItems = FieldCode(("B", "U"))
    package static let feeAmount = FieldCode(("B", "V"))
    package static let expiration = FieldCode(("B", "W"))
    /// Sixteen letters Y or N, one for each message the system understands.
    package static let supportedMessages = FieldCode(("B", "X"))
    package static let holdType = FieldCode(("B", "Y"))
    package static let holdItemsLimit = FieldCode(("B", "Z"))
    package static let overdueItemsLimit = FieldCode(("C", "A"))
    package static let chargedItemsLimit = FieldCode(("C", "B"))
    package static let feeLimit = FieldCode(("C", "C"))
    package static let unavailableHoldItems = FieldCode(("C", "D"))
    package static let holdQueueLength = FieldCode(("C", "F"))
    package static let feeIdentifier = FieldCode(("C", "G"))
    package static let itemProperties = FieldCode(("C", "H"))
    /// Y: leave the item armed whatever else is said.
    package static let securityInhibit = FieldCode(("C", "I"))
    package static let recallDate = FieldCode(("C", "J"))
    package static let mediaType = FieldCode(("C", "K"))
    package static let sortBin = FieldCode(("C", "L"))
    package static let holdPickupDate = FieldCode(("C", "M"))
    package static let loginUser = FieldCode(("C", "N"))
    package static let loginPassword = FieldCode(("C", "O"))
    package static let location = FieldCode(("C", "P"))
    package static let validPatronPassword = FieldCode(("C", "Q"))
    package static let collection = FieldCode(("C", "R"))
    package static let callNumber = FieldCode(("C", "S"))
    package static let destination = FieldCode(("C", "T"))
    package static let alertType = FieldCode(("C", "V"))
    package static let holdPatron = FieldCode(("C", "Y"))
    package static let holdPatronName = FieldCode(("D", "A"))
}
