/// The loans of the emulated library system: made-up items and patrons.
package struct LibrarySystemRecords: Hashable, Sendable {
    /// One made-up item.
    package struct Item: Hashable, Sendable {
        /// Sent as field AJ.
        package var title: String
        /// Sent as field CS of an 18; `nil` leaves it out.
        package var callNumber: String?
        /// Where it belongs, sent as field AQ: `MAIN`.
        package var branch: String
        /// The two digits of an 18; a loan makes it charged, a return available or in transit.
        package var status: CirculationStatus
        /// The made-up patron who has it.
        package var borrower: String?
        /// The branch that has asked for it; a return sends it there.
        package var destination: String?
        /// May be used in the house only.
        package var isInhibited: Bool

        package init(
            title: String,
            callNumber: String? = nil,
            branch: String = "MAIN",
            status: CirculationStatus = .available,
            borrower: String? = nil,
            destination: String? = nil,
            isInhibited: Bool = false
        ) {
            self.title = title
            self.callNumber = callNumber
            self.branch = branch
            self.status = status
            self.borrower = borrower
            self.destination = destination
            self.isInhibited = isInhibited
        }
    }

    /// One made-up patron.
    package struct Patron: Hashable, Sendable {
        /// Sent as field AE.
        package var name: String
        /// The PIN that a 23 is compared with; a loan does not ask for it.
        package var password: String
        /// Refused every loan, and told so in a 24.
        package var isBlocked: Bool

        package init(name: String, password: String = "", isBlocked: Bool = false) {
            self.name = name
            self.password = password
            self.isBlocked = isBlocked
        }
    }

    /// By barcode.
    package var items: [String: Item]
    /// By the number of the card.
    package var patrons: [String: Patron]

    package init(items: [String: Item] = [:], patrons: [String: Patron] = [:]) {
        self.items = items
        self.patrons = patrons
    }

    /// Why the loan is not made, in words for the screen; `nil` when it was made.
    ///
    /// The same patron's second loan is a renewal when that is allowed.
    mutating func lend(_ barcode: String, to patron: String, renewing: Bool) -> (refusal: String?, wasRenewal: Bool) {
        guard let borrower = patrons[patron] else { return ("Invalid Patron", false) }
        guard !borrower.isBlocked else { return ("Patron is blocked", false) }
        guard let item = items[barcode] else { return ("Item not found", false) }
        switch item.status {
        case .charged, .chargedNotRecallable, .recalled:
            guard item.borrower == patron else { return ("Item is on loan to another patron", false) }
            return renewing ? (nil, true) : ("Item is on loan to this patron already", false)
        case .lost, .missing, .claimedReturned, .onOrder, .inProcess:
            return ("Item is \(item.status.text)", false)
        case .other, .available, .onHoldShelf, .toBeReshelved, .inTransit:
            items[barcode]?.status = .charged
            items[barcode]?.borrower = patron
            return (nil, false)
        }
    }

    /// Why the return is not taken; `nil` when it was.
    mutating func takeBack(_ barcode: String) -> String? {
        guard let item = items[barcode] else { return "Item not found" }
        guard item.borrower != nil || item.status == .charged else { return "Item is not on loan" }
        items[barcode]?.borrower = nil
        items[barcode]?.status = item.destination == nil ? .available : .inTransit
        return nil
    }
}
