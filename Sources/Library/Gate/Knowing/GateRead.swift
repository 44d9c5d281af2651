package import Tags

/// One hearing as it is kept for replay: a pseudonym for the tag, and everything the decision knew.
package struct GateRead: Hashable, Sendable {
    package var gate: String
    package var at: Moment
    /// Not the tag's own number: see ``TagPseudonym``.
    package var tag: TagUID
    package var afi: UInt8?
    package var eas: Bool?
    package var antenna: Int?
    package var facts: GateFacts
    /// What was decided then.
    package var response: GateResponse
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
