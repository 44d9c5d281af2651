/// Leave for one item to go out without a loan for a time.
package struct GatePass: Hashable, Sendable {
    /// Why the item may leave.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case interlibrary = "interlibrary loan"
        case exhibition
        case repair
        case staff = "staff use"
    }

    /// The item's own barcode or another one of it.
    package var barcode: String
    /// Why it may leave; for lists alone, every kind gives the same leave.
    package var kind: Kind
    /// The pass is valid from this moment on.
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
}
