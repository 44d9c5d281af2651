/// The truth table of security: what an item's tags say, how the item stands, and what each device does about it.
///
/// Every device asks this table, so that none contradicts another. A site may change rows and say which devices put a
/// wrong bit right by themselves; what would break a rule of the house is refused. When in doubt a tag counts as armed:
/// what was not read stands in the rows of what is armed wherever a gate is concerned.
package struct SecurityTable: Hashable, Sendable {
    /// The site's own rows; a later one wins.
    package private(set) var rules: [SecurityRule]
    /// Devices that put a wrong bit right without being asked, when the item is known for certain.
    package var repairs: Set<SecurityDevice>

    /// Rules that break a rule of the house are left out; ``SecurityRule/problem`` says which.
    package init(rules: [SecurityRule] = [], repairs: Set<SecurityDevice> = [.pad]) {
        self.rules = rules.filter { $0.problem == nil }
        self.repairs = repairs
    }

    /// The table without any wish of a site.
    package static let standard = SecurityTable()

    /// One pair and what each device does about it.
    package struct Row: Hashable, Sendable {
        /// What the item's tags say, all parts together.
        package var tags: TagsSay
        /// How the item stands.
        package var item: ItemStanding
        /// What a pad does; ``SecurityAdvice/arm`` and ``SecurityAdvice/disarm`` without being asked.
        package var pad: SecurityAdvice
        /// What a kiosk does when a patron wants the item.
        package var kiosk: SecurityAdvice
        /// What a wand does as it goes by.
        package var wand: SecurityAdvice
        /// What a gate does, before the gate's own rules have their say (``GatePolicy/responses``).
        package var gate: GateResponse
        /// Why, in the words of the gate; no rule of the site changes it.
        package var gateReason: GateReason
        /// What the tags must say, when they surely say something else.
        package var right: SecurityState?
        /// Lower case, no period.
        package var reason: String
    }

    /// Every row, ordered by what the tags say and then by how the item stands.
    package var rows: [Row] {
        TagsSay.allCases.flatMap { tags in ItemStanding.allCases.map { row(tags, $0) } }
    }

    /// Whether the site has a row of its own for this pair.
    package func isChanged(_ tags: TagsSay, _ item: ItemStanding) -> Bool {
        rules.contains { $0.tags == tags && $0.item == item }
    }

    /// The row for one pair.
    package func row(_ tags: TagsSay, _ item: ItemStanding) -> Row {
        let (gate, gateReason) = Self.gate(tags, item)
        let right = Self.right(tags, item)
        var row = Row(
            tags: tags,
            item: item,
            pad: advice(of: .pad, right) ?? Self.pad(tags, item),
            kiosk: Self.kiosk(tags, item),
            wand: advice(of: .wand, right) ?? Self.wand(tags, item),
            gate: gate,
            gateReason: gateReason,
            right: right,
            reason: Self.reason(tags, item)
        )
        for rule in rules where rule.tags == tags && rule.item == item { rule.change(&row) }
        return row
    }

    /// What this device shall make the tags say by itself; `nil` when it only tells.
    package func repair(_ tags: TagsSay, _ item: ItemStanding, by device: SecurityDevice) -> SecurityState? {
        let row = row(tags, item)
        let advice =
            switch device {
            case .pad: row.pad
            case .wand: row.wand
            case .gate: self.advice(of: .gate, row.right)
            }
        switch (advice, row.right) {
        case (.arm, .armed): return .armed
        case (.disarm, .disarmed): return .disarmed
        default: return nil
        }
    }

    /// The gate's column alone, without the cost of a whole row.
    func gate(_ tags: TagsSay, _ item: ItemStanding) -> (GateResponse, GateReason) {
        let standard = Self.gate(tags, item)
        var response = standard.0
        for rule in rules where rule.tags == tags && rule.item == item { response = rule.gate ?? response }
        return (response, standard.1)
    }

    private func advice(of device: SecurityDevice, _ right: SecurityState?) -> SecurityAdvice? {
        guard let right else { return nil }
        guard repairs.contains(device) else { return .tell }
        return right == .armed ? .arm : .disarm
    }
}

/// A kind of device that hears tags.
package enum SecurityDevice: String, Hashable, Sendable, CaseIterable {
    case pad, wand, gate
}

/// What the tags of an item say, as the columns of the table know it.
package enum TagsSay: String, Hashable, Sendable, CaseIterable {
    case armed, disarmed
    case mixed = "mixed parts"
    case otherValue = "other value"
    case unreadable

    /// All parts together; which other value stands there does not matter.
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
    case inTransitByOldHoldings = "in transit by old holdings"
    case onHoldShelf = "on hold shelf"
    case onHoldShelfByOldHoldings = "on hold shelf by old holdings"
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
            case .inTransit: isFresh ? .inTransit : .inTransitByOldHoldings
            case .onHoldShelf: isFresh ? .onHoldShelf : .onHoldShelfByOldHoldings
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
    /// What the tags must say; `nil` when they say so, or when nobody knows for certain what they should say.
    private static func right(_ tags: TagsSay, _ item: ItemStanding) -> SecurityState? {
        switch (tags, item.right) {
        case (.armed, .disarmed), (.disarmed, .armed), (.mixed, _): item.right
        default: nil
        }
    }

    private static func pad(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (.otherValue, _), (.unreadable, _), (.mixed, _): .tell
        case (_, .otherLibrary), (_, .unknown), (_, .soughtAfter): .tell
        case (.armed, _), (.disarmed, _): .nothing
        }
    }

    private static func kiosk(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (.otherValue, _), (.unreadable, _), (_, .otherLibrary), (_, .unknown), (_, .withdrawn): .refuse
        case (_, .onLoan): tags == .disarmed ? .nothing : .disarm
        case (_, .inLibrary), (_, .inLibraryByOldHoldings), (_, .onLoanByOldHoldings): .lend
        case (_, .onHoldShelf), (_, .onHoldShelfByOldHoldings), (_, .inTransitByOldHoldings): .lend
        case (_, .inTransit), (_, .soughtAfter): .refuse
        }
    }

    private static func wand(_ tags: TagsSay, _ item: ItemStanding) -> SecurityAdvice {
        switch (tags, item) {
        case (_, .otherLibrary), (_, .unknown), (_, .soughtAfter), (_, .withdrawn): .tell
        case (.unreadable, _): .nothing
        case (.mixed, _), (.otherValue, _): .tell
        case (.armed, .onLoan), (.armed, .onLoanByOldHoldings): .tell
        case (.disarmed, .onLoan), (.disarmed, .onLoanByOldHoldings): .nothing
        case (.disarmed, _): .tell
        case (.armed, _): .nothing
        }
    }

    /// A tag that is unknown or another library's never sounds; an own item that is not lent never passes unnoticed.
    static func gate(_ tags: TagsSay, _ item: ItemStanding) -> (GateResponse, GateReason) {
        let counts = tags == .armed || tags == .mixed || tags == .unreadable
        return switch item {
        case .inLibrary, .inTransit, .onHoldShelf: counts ? (.alarm, .notOnLoan) : (.log, .disarmedInLibrary)
        case .inLibraryByOldHoldings, .inTransitByOldHoldings, .onHoldShelfByOldHoldings:
            counts ? (.alarm, .notOnLoan) : (.silent, .disarmedInLibrary)
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
            case .inTransitByOldHoldings: "on its way between branches when the holdings were taken"
            case .onHoldShelf: "waiting on the hold shelf"
            case .onHoldShelfByOldHoldings: "waiting on the hold shelf when the holdings were taken, perhaps lent since"
            case .withdrawn: "withdrawn from the collection"
            case .soughtAfter: "lost, missing or claimed returned"
            case .otherLibrary: "another library's"
            case .unknown: "not in the holdings"
            }
        return "\(tagWords); \(itemWords)"
    }
}
