/// What staff found when a gate had sounded: one tap, no name.
package enum GateOutcome: String, Hashable, Sendable, CaseIterable {
    /// Nothing was wrong: the item was lent, or is not ours.
    case falseAlarm = "false"
    /// It was not lent yet, and now it is, or it went back.
    case cleared
    /// It went out.
    case left
    case other
}
