/// The two letters that begin a variable field.
package struct FieldCode: Hashable, Sendable {
    /// The first letter as an ASCII byte.
    package let first: UInt8
    /// The second letter as an ASCII byte.
    package let second: UInt8

    /// Two ASCII bytes as they came; nothing is checked, since systems have letters of their own.
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

/// The fields of ils §2.1, in the order of their letters.
extension FieldCode {
    /// AA: the number of the patron's card. Patron data.
    package static let patronIdentifier = FieldCode(("A", "A"))
    /// AB: the item's barcode.
    package static let itemIdentifier = FieldCode(("A", "B"))
    /// AC: the terminal's own password. A secret.
    package static let terminalPassword = FieldCode(("A", "C"))
    /// AD: the patron's password or PIN. A secret.
    package static let patronPassword = FieldCode(("A", "D"))
    /// AE: the patron's name. Patron data.
    package static let personalName = FieldCode(("A", "E"))
    /// Shown to the patron.
    package static let screenMessage = FieldCode(("A", "F"))
    /// Printed on the receipt.
    package static let printLine = FieldCode(("A", "G"))
    /// AH: when a loan ends, as the system writes it.
    package static let dueDate = FieldCode(("A", "H"))
    /// AJ: the title; may tell what somebody reads.
    package static let titleIdentifier = FieldCode(("A", "J"))
    /// AL: in a 01, why the card is blocked.
    package static let blockedCardMessage = FieldCode(("A", "L"))
    /// AM: the library's name in words.
    package static let libraryName = FieldCode(("A", "M"))
    /// AN: where the terminal stands, as the system has it.
    package static let terminalLocation = FieldCode(("A", "N"))
    /// AO: the library; not the branch of a check-in, which is AP.
    package static let institution = FieldCode(("A", "O"))
    /// Where the item is at this moment; the branch of a check-in.
    package static let currentLocation = FieldCode(("A", "P"))
    /// AQ: the branch or shelf the item belongs to.
    package static let permanentLocation = FieldCode(("A", "Q"))
    /// AS, in a 64, repeated: an item on hold for the patron.
    package static let holdItems = FieldCode(("A", "S"))
    /// AT, in a 64, repeated: an item kept too long.
    package static let overdueItems = FieldCode(("A", "T"))
    /// AU, in a 64, repeated: an item on loan.
    package static let chargedItems = FieldCode(("A", "U"))
    /// AV, in a 64, repeated: an item that costs a fine.
    package static let fineItems = FieldCode(("A", "V"))
    /// BD: the patron's address. Patron data.
    package static let homeAddress = FieldCode(("B", "D"))
    /// BE: the patron's mail address. Patron data.
    package static let emailAddress = FieldCode(("B", "E"))
    /// BF: the patron's telephone at home. Patron data.
    package static let homePhone = FieldCode(("B", "F"))
    /// BG: the library that owns the item.
    package static let owner = FieldCode(("B", "G"))
    /// BH: a currency in three letters, `EUR`.
    package static let currency = FieldCode(("B", "H"))
    /// BI, Y or N: takes a loan or a return back; rarely honoured.
    package static let cancel = FieldCode(("B", "I"))
    /// BK: the number of a transaction.
    package static let transaction = FieldCode(("B", "K"))
    /// BL, Y or N: whether the system knows the card as valid.
    package static let validPatron = FieldCode(("B", "L"))
    /// BM, in a 66, repeated: an item that was renewed.
    package static let renewedItems = FieldCode(("B", "M"))
    /// BN, in a 66, repeated: an item that was not renewed.
    package static let unrenewedItems = FieldCode(("B", "N"))
    /// BO, Y or N: whether the patron agrees to pay a fee.
    package static let feeAcknowledged = FieldCode(("B", "O"))
    /// BP, in a 63: the first entry of the list that is wanted, counted from 1.
    package static let startItem = FieldCode(("B", "P"))
    /// BQ, in a 63: the last entry of the list that is wanted, counted from 1.
    package static let endItem = FieldCode(("B", "Q"))
    /// BR: the patron's place among those who wait.
    package static let queuePosition = FieldCode(("B", "R"))
    /// BS: the branch at which an item on hold is picked up.
    package static let pickupLocation = FieldCode(("B", "S"))
    /// BT: two digits that say what a fee is for.
    package static let feeType = FieldCode(("B", "T"))
    /// BU, in a 64, repeated: an item on loan that is called back.
    package static let recallItems = FieldCode(("B", "U"))
    /// BV: an amount of money, `1.50`, in the currency of BH.
    package static let feeAmount = FieldCode(("B", "V"))
    /// BW: when a hold ends by itself.
    package static let expiration = FieldCode(("B", "W"))
    /// Sixteen letters Y or N, one for each message the system understands.
    package static let supportedMessages = FieldCode(("B", "X"))
    /// BY, one digit: whether a hold is for any copy or for this one.
    package static let holdType = FieldCode(("B", "Y"))
    /// BZ: how many holds a patron may have.
    package static let holdItemsLimit = FieldCode(("B", "Z"))
    /// CA: how many overdue items a patron may have.
    package static let overdueItemsLimit = FieldCode(("C", "A"))
    /// CB: how many items a patron may have on loan.
    package static let chargedItemsLimit = FieldCode(("C", "B"))
    /// CC: how much a patron may owe.
    package static let feeLimit = FieldCode(("C", "C"))
    /// CD, in a 64, repeated: a hold that cannot be picked up yet.
    package static let unavailableHoldItems = FieldCode(("C", "D"))
    /// CF: how many patrons wait for the item.
    package static let holdQueueLength = FieldCode(("C", "F"))
    /// CG: the fee that a payment is for, as the system numbers it.
    package static let feeIdentifier = FieldCode(("C", "G"))
    /// CH: free text about the item.
    package static let itemProperties = FieldCode(("C", "H"))
    /// Y: leave the item armed whatever else is said.
    package static let securityInhibit = FieldCode(("C", "I"))
    /// CJ: when an item was called back.
    package static let recallDate = FieldCode(("C", "J"))
    /// CK, three digits: the kind of item, `001` a book; says nothing of the security bit.
    package static let mediaType = FieldCode(("C", "K"))
    /// CL: the bin of a sorting machine.
    package static let sortBin = FieldCode(("C", "L"))
    /// CM: until when an item waits on the hold shelf.
    package static let holdPickupDate = FieldCode(("C", "M"))
    /// CN, in a 93: the name of the terminal's account.
    package static let loginUser = FieldCode(("C", "N"))
    /// CO, in a 93: the password of that account. A secret.
    package static let loginPassword = FieldCode(("C", "O"))
    /// CP, in a 93: the terminal's place; a service point's UUID for FOLIO.
    package static let location = FieldCode(("C", "P"))
    /// CQ, Y or N: whether the patron's password was right.
    package static let validPatronPassword = FieldCode(("C", "Q"))
    /// CR, beyond the standard: the collection the item belongs to.
    package static let collection = FieldCode(("C", "R"))
    /// CS, beyond the standard: the call number on the spine.
    package static let callNumber = FieldCode(("C", "S"))
    /// CT, beyond the standard: the branch the item goes to.
    package static let destination = FieldCode(("C", "T"))
    /// CV, beyond the standard: two digits that say why somebody should look, see ``CheckinResponse/alertType``.
    package static let alertType = FieldCode(("C", "V"))
    /// CY, beyond the standard: the card of the patron who waits for the item. Patron data.
    package static let holdPatron = FieldCode(("C", "Y"))
    /// DA, beyond the standard: the name of the patron who waits for the item. Patron data.
    package static let holdPatronName = FieldCode(("D", "A"))
}
