package import Tags

/// One hearing as it is kept for replay: a pseudonym for the tag, and everything the decision knew.
package struct GateRead: Hashable, Sendable {
    /// The gate's name in the configuration: `gate-1`.
    package var gate: String
    /// When it was heard, by the wall clock.
    package var at: Moment
    /// Not the tag's own number: see ``TagPseudonym``.
    package var tag: TagUID
    /// Application family identifier as heard; `nil` when only the tag's number was.
    package var afi: UInt8?
    /// Whether it took part in an EAS alarm; `nil` where the gate does not ask.
    package var eas: Bool?
    /// Which antenna heard it, counted from 1, when the device tells.
    package var antenna: Int?
    /// What was known of tag and item then; no barcode is in it.
    package var facts: GateFacts
    /// What was decided then.
    package var response: GateResponse
    /// Why it was decided so.
    package var reason: GateReason

    package init(
        gate: String,
        at: Moment,
        tag: TagUID,
        afi: UInt8?,
        eas: Bool? = nil,
        antenna: Int?,
        facts: GateFacts,
        response: GateResponse,
        reason: GateReason
    ) {
        self.gate = gate
        self.at = at
        self.tag = tag
        self.afi = afi
        self.eas = eas
        self.antenna = antenna
        self.facts = facts
        self.response = response
        self.reason = reason
    }
}
