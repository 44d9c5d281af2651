package import Tags

/// One tag was carried through a gate, and what the gate did about it.
package struct GatePassage: Hashable, Sendable {
    /// The gate's name in the configuration: `gate-1`.
    package var gate: String
    /// When it was judged so.
    package var at: Moment
    /// The tag's own number; passages are forgotten with the alarms of their time.
    package var uid: TagUID
    /// What its tag says as item number; `nil` until it is written down, and for good when the tag names no item.
    package var barcode: String?
    /// Application family identifier as heard; `nil` when only the tag's number was.
    package var afi: UInt8?
    /// What the gate did; ``GateResponse/log`` where an alarm made no noise because the item came in.
    package var response: GateResponse
    /// Why; ``GateReason/parked`` once the tag is blocked because it lies there.
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
