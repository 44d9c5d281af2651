/// Asks for a loan of an item on a pad: `POST /v1/readers/{name}/checkout`, or by a patron alone at
/// `POST /v1/kiosks/{name}/checkout`. Nothing of it is stored or logged.
package struct CheckoutRequest: Codable, Hashable, Sendable {
    package var barcode: String
    package var patron: String
    package var password: String?

    package init(barcode: String, patron: String, password: String? = nil) {
        self.barcode = barcode
        self.patron = patron
        self.password = password
    }
}

/// Gives back an item on a pad: `POST /v1/readers/{name}/checkin`.
package struct CheckinRequest: Codable, Hashable, Sendable {
    package var barcode: String

    package init(barcode: String) {
        self.barcode = barcode
    }
}

/// What became of a loan or a return and of the item's tags.
package struct LoanResult: Codable, Hashable, Sendable {
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// It stands, and the tags were read back as the library system wants them.
        case done
        /// It stands, and the tags are not as they should be.
        case tagsDoNotFollow = "tags-do-not-follow"
        /// A return that the library system will be told of when it is back.
        case kept
        case refused
        /// Whether it stands is not known: look it up in the library system.
        case uncertain
        /// The library system could not be asked.
        case away
    }

    package var barcode: String
    package var outcome: Outcome
    package var reason: String
    package var hint: String?
    /// The library system's words for the screen.
    package var messages: [String]
    package var due: String?
    package var destination: String?
    package var sortBin: String?

    package init(
        barcode: String,
        outcome: Outcome,
        reason: String,
        hint: String?,
        messages: [String],
        due: String?,
        destination: String?,
        sortBin: String?
    ) {
        self.barcode = barcode
        self.outcome = outcome
        self.reason = reason
        self.hint = hint
        self.messages = messages
        self.due = due
        self.destination = destination
        self.sortBin = sortBin
    }
}
