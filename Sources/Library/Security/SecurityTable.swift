/// The truth table of security: what an item's tags say, what the holdings say, and what each device does about it.
///
/// Every device asks this table, so that none contradicts another. When in doubt a tag counts as armed: what was not
/// read stands in the rows of what is armed wherever a gate is concerned.
package enum SecurityTable {
    /// One pair and what each device does about it.
    package struct Row: Hashable, Sendable {
        package var tags: TagsSay
        package var item: ItemStanding
        package var pad: SecurityAdvice
        package var kiosk: SecurityAdvice
        package var wand: SecurityAdvice
        package var gate: GateResponse
        package var gateReason: GateReason
        /// Lower case, no period.
        package var reason: String
    }

    /// Every row, ordered by what the tags say and then by how the item stands.
    package static var rows: [Row] {
        TagsSay.allCases.flatMap { tags in ItemStanding.allCases.map { row(tags, $0) } }
    }

    /// The row for one pair.
    package static func row(_ tags: TagsSay, _ item: ItemStanding) -> Row {
        let (gate, gateReason) = gate(tags, item)
        return Row(
            tags: tags,
            item: item,
            pad: pad(tags, item),
            kiosk: kiosk(tags, item),
            wand: wand(tags, item),
            gate: gate,
            gateReason: gateReason,
            reason: reason(tags, item)
        )
    }
}

/// What the tags of an item say, as the columns of the table know it.
package enum TagsSay: String, Hashable, Sendable, CaseIterable {
    case armed, disarmed
    case mixed = "mixed parts"
    case otherValue = "other value"
    case unreadable

    package init(_ security: ItemSecurity) {
        self =
            switch security {
            case .armed: .armed
            case .disarmed: .disarmed
            case .mixed: .mixed
            case .other: .otherValue
            case .unreadable: .unreadable
            }
    }
}

/// How an item stands, as far as security cares, with old knowledge kept apart from fresh.
package enum ItemStanding: String, Hashable, Sendable, CaseIterable {
    case inLibrary = "in library"
    /// In the library by holdings too old to know today's loans.
    case inLibraryByOldHoldings = "in library by old holdings"
    case onLoan = "on loan"
    /// On loan by holdings too old to know today's returns.
    case onLoanByOldHoldings = "on loan by old holdings"
    case inTransit = "in transit"
    case onHoldShelf = "on hold shelf"
    case withdrawn
    /// Lost, missing or claimed returned.
    case soughtAfter = "sought after"
    case otherLibrary = "other library's"
    case unknown

    /// `isFresh` says whether the holdings know the loans of this very hour.
    package init(item: Item?, owner: TagOwner, isFresh: Bool) {
        self.init(status: item?.status, owner: owner, isFresh: isFresh)
    }

    /// The same for whoever knows of the item no more than its status; `nil`: the holdings do not know it.
    init(status: ItemStatus?, owner: TagOwner, isFresh: Bool) {
        if case .other = owner, status == nil {
            self = .otherLibrary
            return
        }
        guard let status else {
            self = .unknown
            return
        }
        self =
            switch status {
            case .available, .notForLoan, .damaged, .inProcess, .unknown: isFresh ? .inLibrary : .inLibraryByOldHoldings
            case .onLoan: isFresh ? .onLoan : .onLoanByOldHoldings
            case .inTransit: .inTransit
            case .onHoldShelf: .onHoldShelf
            case .withdrawn: .withdrawn
            case .lost, .missing, .claimedReturned: .soughtAfter
            }
    }
}

/// What a device with a person in front of it does about an item.
package enum SecurityAdvice: String, Hashable, Sendable, CaseIterable {
    case nothing
    /// Show it and say why.
    case tell
    case arm
    case disarm
    /// Ask the library system for the loan, and disarm when it agrees.
    case lend
    /// Do nothing with it and send the person to the desk.
    case refuse
}

extension SecurityTable {
    private static func pad(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (.otherValue, _), (.unreadable, _), (_, .otherLibrary), (_, .unknown), (_, .soughtAfter): .tell
        case (.armed, .onLoan), (.mixed, .onLoan): .disarm
        case (.armed, .onLoanByOldHoldings): .nothing
        case (.disarmed, .inLibrary), (.disarmed, .inTransit), (.disarmed, .onHoldShelf): .arm
        case (.mixed, .inLibrary), (.mixed, .inTransit), (.mixed, .onHoldShelf): .arm
        case (.mixed, _): .tell
        case (.armed, _), (.disarmed, _): .nothing
        }
    }

    private static func kiosk(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (.otherValue, _), (.unreadable, _), (_, .otherLibrary), (_, .unknown), (_, .withdrawn): .refuse
        case (_, .onLoan): tags == .disarmed ? .nothing : .disarm
        case (_, .inLibrary), (_, .inLibraryByOldHoldings), (_, .onLoanByOldHoldings), (_, .onHoldShelf): .lend
        case (_, .inTransit), (_, .soughtAfter): .refuse
        }
    }

    private static func wand(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (_, .otherLibrary), (_, .unknown), (_, .soughtAfter), (_, .withdrawn): .tell
        case (.unreadable, _): .nothing
        case (.mixed, _), (.otherValue, _): .tell
        case (.armed, .onLoan), (.armed, .onLoanByOldHoldings): .tell
        case (.disarmed, .inLibrary), (.disarmed, .inLibraryByOldHoldings): .tell
        case (.disarmed, .inTransit), (.disarmed, .onHoldShelf): .tell
        case (.armed, _), (.disarmed, _): .nothing
        }
    }

    /// A tag that is unknown or another library's never sounds; an own item that is not lent never passes unnoticed.
    static func gate(_ tags: TagsSay, _ item: ItemStanding) -> (GateResponse, GateReason) {
        let counts = tags == .armed || tags == .mixed || tags == .unreadable
        return switch item {
        case .inLibrary, .inTransit, .onHoldShelf: counts ? (.alarm, .notOnLoan) : (.log, .disarmedInLibrary)
        case .inLibraryByOldHoldings: counts ? (.alarm, .notOnLoan) : (.silent, .disarmedInLibrary)
        case .onLoan: counts ? (.log, .notCleared) : (.silent, .onLoan)
        case .onLoanByOldHoldings: counts ? (.alarm, .notCleared) : (.silent, .onLoan)
        case .withdrawn: (counts ? .log : .silent, .withdrawn)
        case .soughtAfter: (counts ? .alarm : .log, .soughtAfter)
        case .otherLibrary: (counts ? .log : .silent, .otherLibrary)
        case .unknown: (counts ? .log : .silent, .unknownItem)
        }
    }

    static func reason(_ tags: TagsSay, _ item: ItemStanding) -> String {
        let tagWords =
            switch tags {
            case .armed: "armed"
            case .disarmed: "disarmed"
            case .mixed: "some parts armed and some disarmed"
            case .otherValue: "marked with a value that is not this site's, which is left alone"
            case .unreadable: "not read, so it counts as armed"
            }
        let itemWords =
            switch item {
            case .inLibrary: "not on loan"
            case .inLibraryByOldHoldings: "not on loan when the holdings were taken, perhaps lent since"
            case .onLoan: "on loan"
            case .onLoanByOldHoldings: "on loan when the holdings were taken, perhaps returned since"
            case .inTransit: "on its way between branches"
            case .onHoldShelf: "waiting on the hold shelf"
            case .withdrawn: "withdrawn from the collection"
            case .soughtAfter: "lost, missing or claimed returned"
            case .otherLibrary: "another library's"
            case .unknown: "not in the holdings"
            }
        return "\(tagWords); \(itemWords)"
    }
}
