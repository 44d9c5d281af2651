/// Asks for a loan of an item on a pad: `POST /v1/readers/{name}/checkout`, or by a patron alone at
/// `POST /v1/kiosks/{name}/checkout`. Nothing of it is stored or logged.
package struct CheckoutRequest: Codable, Hashable, Sendable {
    /// SIP2 field AB: 1 to 200 bytes; the item has to lie on the pad whole.
    package var barcode: String
    /// SIP2 field AA: the number of the patron's card, 1 to 200 bytes.
    package var patron: String
    /// SIP2 field AD: where the library system asks for one; at most 200 bytes, an empty one is none.
    package var password: String?

    package init(barcode: String, patron: String, password: String? = nil) {
        self.barcode = barcode
        self.patron = patron
        self.password = password
    }
}

/// Gives back an item on a pad: `POST /v1/readers/{name}/checkin`.
package struct CheckinRequest: Codable, Hashable, Sendable {
    /// SIP2 field AB: 1 to 200 bytes; the item has to lie on the pad whole.
    package var barcode: String

    package init(barcode: String) {
        self.barcode = barcode
    }
}

/// What became of a loan or a return and of the item's tags.
package struct LoanResult: Codable, Hashable, Sendable {
    /// Whether the loan or return stands, and whether the tags follow it.
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

    /// As it was asked for.
    package var barcode: String
    /// `done` after the tags were read back, or where the library system wants them left as they are.
    package var outcome: Outcome
    /// The outcome in words, and what became of the tags; lower case, no period.
    package var reason: String
    /// What to do next; `nil` when there is nothing more to say.
    package var hint: String?
    /// The library system's words for the screen.
    package var messages: [String]
    /// SIP2 field AH of a loan, `2026-03-02 18:00` or in the system's own words; `nil` for a return.
    package var due: String?
    /// SIP2 field CT of a return: the branch it goes to; `nil` when the system does not say.
    package var destination: String?
    /// SIP2 field CL of a return: the bin it goes to; `nil` when the system does not say.
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
