/// What a self-checkout page shows beside a pad: `GET /v1/kiosks/{name}`. Nothing in it is about a patron.
package struct KioskView: Codable, Hashable, Sendable {
    /// What the library is called, for the page's head.
    package var library: String
    /// Name of the pad in the configuration: `pad-2`.
    package var reader: String
    /// Whether items can be lent here now: the pad hears and the library system answers.
    package var isReady: Bool
    /// Why not, for the staff.
    package var cause: String?
    /// Whether the patron has to give a password too.
    package var asksPassword: Bool
    /// In the order of their barcodes; items of other libraries and unread tags are left out.
    package var items: [KioskItem]

    package init(
        library: String,
        reader: String,
        isReady: Bool,
        cause: String?,
        asksPassword: Bool,
        items: [KioskItem]
    ) {
        self.library = library
        self.reader = reader
        self.isReady = isReady
        self.cause = cause
        self.asksPassword = asksPassword
        self.items = items
    }
}

/// An item on the kiosk's pad, as its tags said when they were heard.
package struct KioskItem: Codable, Hashable, Sendable {
    /// The one that the library system files it under, whichever its tag bears.
    package var barcode: String
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// Tags of it that lie there.
    package var parts: Int
    /// Parts of the set that do not lie there, by their numbers.
    package var missing: [Int]

    package init(barcode: String, title: String?, parts: Int, missing: [Int]) {
        self.barcode = barcode
        self.title = title
        self.parts = parts
        self.missing = missing
    }
}

/// A patron's card: `POST /v1/kiosks/{name}/patron`. Nothing of it is stored or logged.
package struct KioskCard: Codable, Hashable, Sendable {
    /// SIP2 field AA: the card's number, 1 to 200 bytes.
    package var patron: String
    /// SIP2 field AD, at most 200 bytes; left out or empty where the kiosk does not ask for one.
    package var password: String?

    package init(patron: String, password: String? = nil) {
        self.patron = patron
        self.password = password
    }
}

/// What the library system says of a card.
package struct KioskWelcome: Codable, Hashable, Sendable {
    /// How the card was received.
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        case welcome
        case unknown
        case wrongPassword = "wrong-password"
        /// The card is known and may not borrow.
        case blocked
    }

    /// `wrong-password` as well when the kiosk asks for a password and none came.
    package var outcome: Outcome
    /// The library system's words for the screen.
    package var messages: [String]

    package init(outcome: Outcome, messages: [String]) {
        self.outcome = outcome
        self.messages = messages
    }
}
