/// Leave for one item to go out without a loan for a time.
package struct GatePass: Hashable, Sendable {
    /// Why the item may leave.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case interlibrary = "interlibrary loan"
        case exhibition
        case repair
        case staff = "staff use"
    }

    package var barcode: String
    package var kind: Kind
    package var from: Moment
    /// It ends by itself; there is no pass without an end.
    package var until: Moment

    package init(barcode: String, kind: Kind, from: Moment, until: Moment) {
        self.barcode = barcode
        self.kind = kind
        self.from = from
        self.until = until
    }

    /// The longest that a pass may last.
    package static let longest: Duration = .seconds(400 * 86_400)

    package func isValid(at moment: Moment) -> Bool { moment >= from && moment < until }
}
