/// How an item stands for the library system (ils §2.1).
package enum CirculationStatus: Int, Hashable, Sendable, CaseIterable {
    case other = 1
    case onOrder = 2
    case available = 3
    case charged = 4
    /// Charged, not to be recalled until a date.
    case chargedNotRecallable = 5
    case inProcess = 6
    case recalled = 7
    case onHoldShelf = 8
    case toBeReshelved = 9
    case inTransit = 10
    case claimedReturned = 11
    case lost = 12
    case missing = 13

    /// A number that the standard does not know is ``other``.
    package init(number: Int?) {
        self = number.flatMap(Self.init(rawValue:)) ?? .other
    }

    /// For a person: `on loan`.
    package var text: String {
        switch self {
        case .other: "other"
        case .onOrder: "on order"
        case .available: "available"
        case .charged, .chargedNotRecallable: "on loan"
        case .inProcess: "in process"
        case .recalled: "recalled"
        case .onHoldShelf: "on hold shelf"
        case .toBeReshelved: "to be reshelved"
        case .inTransit: "in transit"
        case .claimedReturned: "claimed returned"
        case .lost: "lost"
        case .missing: "missing"
        }
    }
}

/// The magnetic strip in an item, as far as the library system knows; there is no value for a radio tag.
package enum SecurityMarker: Int, Hashable, Sendable, CaseIterable {
    case other = 0
    case none = 1
    case tattleTape = 2
    case whisperTape = 3

    /// A number that the standard does not know, or none, is ``other``.
    package init(number: Int?) {
        self = number.flatMap(Self.init(rawValue:)) ?? .other
    }
}
