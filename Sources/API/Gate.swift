package import FoundationEssentials

/// An alarm or a passage worth knowing at a gate: the item, never the person. `GET /v1/gate/alarms?after=ID&limit=50`.
package struct Alarm: Codable, Hashable, Sendable {
    package var id: Int
    package var at: Date
    package var gate: String
    /// Whether it made noise.
    package var sounded: Bool
    /// `not on loan`, `on loan, tag not cleared`, …
    package var reason: String
    package var evidence: String
    /// What staff should do.
    package var advice: String
    package var uid: String
    package var barcode: String?
    package var title: String?
    package var callNumber: String?

    package init(
        id: Int,
        at: Date,
        gate: String,
        sounded: Bool,
        reason: String,
        evidence: String,
        advice: String,
        uid: String,
        barcode: String?,
        title: String?,
        callNumber: String?
    ) {
        self.id = id
        self.at = at
        self.gate = gate
        self.sounded = sounded
        self.reason = reason
        self.evidence = evidence
        self.advice = advice
        self.uid = uid
        self.barcode = barcode
        self.title = title
        self.callNumber = callNumber
    }
}
