/// What a patron may not do: fourteen places, each blank or Y.
package struct PatronStatus: Hashable, Sendable, OptionSet {
    package let rawValue: UInt16

    /// The fourteen places as bits, the leftmost as bit 0; higher bits are dropped.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue & 0x3FFF
    }

    /// Place 0: may not borrow.
    package static let chargeDenied = PatronStatus(rawValue: 1 << 0)
    /// Place 1: may not renew.
    package static let renewalDenied = PatronStatus(rawValue: 1 << 1)
    /// Place 2: may not have items called back.
    package static let recallDenied = PatronStatus(rawValue: 1 << 2)
    /// Place 3: may not place holds.
    package static let holdDenied = PatronStatus(rawValue: 1 << 3)
    /// Place 4: the card was reported lost.
    package static let cardReportedLost = PatronStatus(rawValue: 1 << 4)
    /// Place 5: has as many items on loan as are allowed, or more.
    package static let tooManyCharged = PatronStatus(rawValue: 1 << 5)
    /// Place 6: has too many overdue items.
    package static let tooManyOverdue = PatronStatus(rawValue: 1 << 6)
    /// Place 7: has renewed too often.
    package static let tooManyRenewals = PatronStatus(rawValue: 1 << 7)
    /// Place 8: has said too often that an item was returned.
    package static let tooManyClaimsReturned = PatronStatus(rawValue: 1 << 8)
    /// Place 9: has lost too many items.
    package static let tooManyLost = PatronStatus(rawValue: 1 << 9)
    /// Place 10: owes too much in fines.
    package static let excessiveFines = PatronStatus(rawValue: 1 << 10)
    /// Place 11: owes too much in fees.
    package static let excessiveFees = PatronStatus(rawValue: 1 << 11)
    /// Place 12: keeps an item that was called back.
    package static let recallOverdue = PatronStatus(rawValue: 1 << 12)
    /// Place 13: has been sent bills for too many items.
    package static let tooManyBilled = PatronStatus(rawValue: 1 << 13)

    private static let places = 14

    /// The places from left to right.
    init(_ text: String) {
        var value: UInt16 = 0
        for (place, letter) in text.prefix(Self.places).enumerated() where letter == "Y" { value |= 1 << place }
        self.init(rawValue: value)
    }

    var text: String {
        String((0..<Self.places).map { rawValue >> $0 & 1 == 1 ? "Y" : " " })
    }
}

/// The list of items that a patron information shall bring.
package enum PatronSummary: Int, Hashable, Sendable, CaseIterable {
    case holds, overdue, charged, fines, recalls, unavailableHolds, fees

    private static let length = 10

    /// The first of ten places that says Y.
    init?(places: String) {
        guard let place = Array(places).firstIndex(of: "Y") else { return nil }
        self.init(rawValue: place)
    }

    static func places(_ summary: PatronSummary?) -> String {
        String((0..<length).map { $0 == summary?.rawValue ? "Y" : " " })
    }
}
