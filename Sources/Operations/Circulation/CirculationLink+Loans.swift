package import Library
package import SIP2

/// Who wants to borrow; neither number nor password is ever stored or logged.
package struct Borrower: Hashable, Sendable {
    /// The number on the card, SIP2 field AA.
    package var identifier: Confidential
    /// What proves that the card is the borrower's own, SIP2 field AD; `nil` where only the number is asked for.
    package var password: Confidential?

    /// Wraps number and password at once, so that neither can be printed by mistake.
    package init(identifier: String, password: String? = nil) {
        self.identifier = Confidential(identifier)
        self.password = password.map(Confidential.init)
    }
}

extension CirculationLink {
    /// Asks for a loan.
    package func checkOut(_ barcode: String, for borrower: Borrower) async throws(CirculationError) -> CheckoutOutcome {
        let request = CheckoutRequest(
            allowsRenewal: settings.rules.renews,
            noBlock: false,
            date: settings.date(time.now()),
            institution: settings.account.institution,
            patron: borrower.identifier,
            item: barcode,
            terminalPassword: settings.account.terminalPassword,
            patronPassword: borrower.password
        )
        return try await ask { (connection: inout SIP2Connection) async throws(SIP2Error) -> CheckoutOutcome in
            try await connection.checkOut(request)
        }
    }

    /// Takes an item back.
    ///
    /// - Parameter moment: when it came back, when that was earlier: the system was out of reach then and cannot
    ///   refuse.
    package func checkIn(
        _ barcode: String,
        at moment: Moment? = nil
    ) async throws(CirculationError) -> CheckinOutcome {
        let now = settings.date(time.now())
        let request = CheckinRequest(
            noBlock: moment != nil,
            date: now,
            returnDate: moment.map(settings.date) ?? now,
            currentLocation: settings.account.branch,
            institution: settings.account.institution,
            item: barcode,
            terminalPassword: settings.account.terminalPassword
        )
        return try await ask { (connection: inout SIP2Connection) async throws(SIP2Error) -> CheckinOutcome in
            try await connection.checkIn(request)
        }
    }

    /// What the system says of a borrower's card.
    package func standing(of borrower: Borrower) async throws(CirculationError) -> PatronStatusResponse {
        let request = PatronStatusRequest(
            language: "000",
            date: settings.date(time.now()),
            institution: settings.account.institution,
            patron: borrower.identifier,
            terminalPassword: settings.account.terminalPassword,
            patronPassword: borrower.password ?? .empty
        )
        return try await ask { (connection: inout SIP2Connection) async throws(SIP2Error) -> PatronStatusResponse in
            try await connection.perform(request).content
        }
    }

    /// What the system knows of an item at this moment.
    package func item(_ barcode: String) async throws(CirculationError) -> ItemInformationResponse {
        let request = ItemInformationRequest(
            date: settings.date(time.now()),
            institution: settings.account.institution,
            item: barcode,
            terminalPassword: settings.account.terminalPassword
        )
        return try await ask {
            (connection: inout SIP2Connection) async throws(SIP2Error) -> ItemInformationResponse in
            try await connection.perform(request).content
        }
    }
}

extension CirculationLink {
    /// How an item stands at this moment; `nil` when the system is not there or does not tell. Does not wait for a
    /// system that is known to be away.
    func status(of barcode: String) async -> ItemStatus? {
        guard isOnline else { return nil }
        return try? await item(barcode).status.itemStatus
    }

    /// The same for people.
    package func facts(of barcode: String) async throws(CirculationError) -> CirculationItem {
        CirculationItem(try await item(barcode))
    }
}

extension CirculationStatus {
    /// In the vocabulary of the holdings; `nil` when the system does not tell.
    package var itemStatus: ItemStatus? {
        switch self {
        case .other: nil
        case .onOrder, .inProcess: .inProcess
        case .available, .toBeReshelved: .available
        case .charged, .chargedNotRecallable, .recalled: .onLoan
        case .onHoldShelf: .onHoldShelf
        case .inTransit: .inTransit
        case .claimedReturned: .claimedReturned
        case .lost: .lost
        case .missing: .missing
        }
    }
}
