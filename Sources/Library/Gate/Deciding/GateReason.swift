/// Why the gate judged a tag as it did.
package enum GateReason: String, Hashable, Sendable, CaseIterable {
    /// Own item, armed, and nobody has borrowed it.
    case notOnLoan = "not on loan"
    /// On loan by the holdings, but its tag still says in library.
    case notCleared = "on loan, tag not cleared"
    /// Given back a short while ago, and the tag is not armed yet.
    case notYetSecured = "returned, not yet secured"
    /// Its tag does not say in library, although the holdings say that it is.
    case disarmedInLibrary = "disarmed, not on loan"
    case withdrawn
    /// Its holdings status is lost, missing or claimed returned.
    case soughtAfter = "sought after"
    /// Belongs to another library by its ISIL, or by the site's list of neighbours.
    case otherLibrary = "other library"
    /// It has leave to go out for a time: lent to another library, on show elsewhere.
    case temporaryPass = "temporary pass"
    /// One part of a lent set is still armed: not released with the others, or not lent with them.
    case setPart = "set part"
    /// On loan and disarmed: as it should be.
    case onLoan = "on loan"
    /// A library tag whose item the holdings do not know.
    case unknownItem = "unknown item"
    /// Not a library's tag, or one that says nothing that we understand.
    case foreignTag = "foreign tag"
    /// Heard without a pause for a long while, or again and again: it lies there.
    case parked = "parked item"
    /// A basket, a test tag, a handheld of staff or another tag that the site named.
    case staffDevice = "staff device"
}

extension GateReason {
    /// What staff should do; lower case, no period.
    package var remedy: String {
        switch self {
        case .notOnLoan: "ask whether it was checked out, and check it out at the desk"
        case .notCleared: "look it up: if the loan stands, release it on a pad and apologise"
        case .notYetSecured: "secure it on a pad before it goes back to the shelf"
        case .disarmedInLibrary: "look for it on its shelf: if it is gone, it left without a loan"
        case .withdrawn: "nothing, if it was sold; release withdrawn items before the sale"
        case .soughtAfter: "take it to the desk and check it in: the library is looking for it"
        case .otherLibrary: "nothing: it is not ours"
        case .temporaryPass: "nothing: it has leave until its pass ends"
        case .setPart: "see whether the part belongs to the loan, and release it on a pad or take it back"
        case .onLoan: "nothing"
        case .unknownItem: "look its barcode up: the holdings may be out of date"
        case .foreignTag: "nothing: it is not a library item"
        case .parked: "take the item away from the gate: it lies where the message says"
        case .staffDevice: "nothing"
        }
    }
}
