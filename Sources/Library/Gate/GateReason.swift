/// Why the gate judged a tag as it did.
package enum GateReason: String, Hashable, Sendable, CaseIterable {
    /// Own item, armed, and nobody has borrowed it.
    case notOnLoan = "not on loan"
    /// On loan by the holdings, but its tag still says in library.
    case notCleared = "on loan, tag not cleared"
    /// Disarmed, and given back a short while ago: the check-in has not reached the tag yet.
    case notYetSecured = "returned, not yet secured"
    /// Disarmed although the holdings say that it is in the library.
    case disarmedInLibrary = "disarmed, not on loan"
    case withdrawn
    /// Its holdings status is lost, missing or claimed returned.
    case soughtAfter = "sought after"
    /// Belongs to another library by its ISIL.
    case otherLibrary = "other library"
    /// On loan and disarmed: as it should be.
    case onLoan = "on loan"
    /// A library tag whose item the holdings do not know.
    case unknownItem = "unknown item"
    /// Not a library's tag, or one that says nothing that we understand.
    case foreignTag = "foreign tag"
    /// Heard without a pause for a long while: it lies there.
    case parked
    /// A basket, a test tag or another tag that the site named.
    case siteDevice = "site device"
}
