package import FoundationEssentials

/// An alarm at a gate: the items that caused it, never the person. `GET /v1/gate/alarms?after=ID&limit=50`, the oldest
/// first. An alarm comes as an event again when more items of the same stack join it.
package struct Alarm: Codable, Hashable, Sendable {
    package var id: Int
    package var at: Date
    package var gate: String
    /// The items of the stack, at least one.
    package var items: [AlarmItem]

    package init(id: Int, at: Date, gate: String, items: [AlarmItem]) {
        self.id = id
        self.at = at
        self.gate = gate
        self.items = items
    }
}

/// One item of an alarm and why it rang.
package struct AlarmItem: Codable, Hashable, Sendable {
    /// `not on loan`, `on loan, tag not cleared`, …
    package var reason: String
    /// What was known of tag and item.
    package var evidence: String
    /// What staff should do.
    package var advice: String
    package var uid: String
    package var barcode: String?
    package var title: String?
    package var callNumber: String?

    package init(
        reason: String,
        evidence: String,
        advice: String,
        uid: String,
        barcode: String?,
        title: String?,
        callNumber: String?
    ) {
        self.reason = reason
        self.evidence = evidence
        self.advice = advice
        self.uid = uid
        self.barcode = barcode
        self.title = title
        self.callNumber = callNumber
    }
}
