package import Tags

/// One alarm of one gate, with the items that caused it and no word of who carried them.
package struct GateAlarm: Hashable, Sendable {
    /// The gate's name in the configuration.
    package var gate: String
    package var at: Moment
    /// The items of the stack that caused it; never empty.
    package var items: [GateAlarmItem]

    package init(gate: String, at: Moment, items: [GateAlarmItem]) {
        self.gate = gate
        self.at = at
        self.items = items
    }
}

/// One tag of an alarm and why it rang.
package struct GateAlarmItem: Hashable, Sendable {
    package var uid: TagUID
    package var barcode: String?
    package var afi: UInt8?
    package var reason: GateReason
    /// What was known of tag and item, in words for staff; lower case, no period.
    package var evidence: String

    package init(uid: TagUID, barcode: String?, afi: UInt8?, reason: GateReason, evidence: String) {
        self.uid = uid
        self.barcode = barcode
        self.afi = afi
        self.reason = reason
        self.evidence = evidence
    }
}
