package import Tags

/// One tag was carried through a gate, and what the gate did about it.
package struct GatePassage: Hashable, Sendable {
    package var gate: String
    package var at: Moment
    package var uid: TagUID
    package var barcode: String?
    package var afi: UInt8?
    package var response: GateResponse
    package var reason: GateReason

    package init(
        gate: String,
        at: Moment,
        uid: TagUID,
        barcode: String?,
        afi: UInt8?,
        response: GateResponse,
        reason: GateReason
    ) {
        self.gate = gate
        self.at = at
        self.uid = uid
        self.barcode = barcode
        self.afi = afi
        self.response = response
        self.reason = reason
    }
}

/// What a gate does about a tag.
package enum GateResponse: String, Hashable, Sendable, CaseIterable {
    /// Sound, light and a line on the staff's list.
    case alarm
    /// Written down for staff to put right; no sound.
    case log
    /// Nothing; it only counts.
    case silent
}
