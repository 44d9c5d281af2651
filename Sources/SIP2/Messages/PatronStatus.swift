/// What a patron may not do: fourteen places, each blank or Y.
package struct PatronStatus: Hashable, Sendable, OptionSet {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue & 0x3FFF
    }

    package static let chargeDenied = PatronStatus(rawValue: 1 << 0)
    package static let renewalDenied = PatronStatus(rawValue: 1 << 1)
    package static let recallDenied = PatronStatus(rawValue: 1 << 2)
    package static let holdDenied = PatronStatus(rawValue: 1 << 3)
    package static let cardReportedLost = PatronStatus(rawValue: 1 << 4)
    package static let tooManyCharged = PatronStatus(rawValue: 1 << 5)
    package static let tooManyOverdue = PatronStatus(rawValue: 1 << 6)
    package static let tooManyRenewals = PatronStatus(rawValue: 1 << 7)
    package static let tooManyClaimsReturned = PatronStatus(rawValue: 1 << 8)
    package static let tooManyLost = PatronStatus(rawValue: 1 << 9)
    package static let excessiveFines = PatronStatus(rawValue: 1 << 10)
    package static let excessiveFees = PatronStatus(rawValue: 1 << 11)
    package static let recallOverdue = PatronStatus(rawValue: 1 << 12)
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
