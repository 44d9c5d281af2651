package import FoundationEssentials

/// An alarm at a gate: the items that caused it, never the person. `GET /v1/gate/alarms?after=ID&limit=50`, the oldest
/// first. An alarm comes as an event again when more items of the same stack join it.
package struct Alarm: Codable, Hashable, Sendable {
    /// Number of the alarm, which `after` goes on from; 0 when it could not be written to the disk.
    package var id: Int
    /// When the gate rang for the first item of the stack.
    package var at: Date
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// The items of the stack, at least one.
    package var items: [AlarmItem]
    /// Why it made no noise: `learning`, `flood`, `muted`, `fire`, `quiet hour`; absent when it did.
    package var quiet: String?
    /// As the rules name the passage it happened in: `left lane`; `nil` when that is not known.
    package var lane: String?
    /// `out` or `in`, when the gate can tell.
    package var direction: String?
    /// Whether so many items came so fast that it looks like a theft in bulk.
    package var bulk: Bool?
    /// What staff found: `false`, `cleared`, `left`, `other`; absent while nobody said.
    package var outcome: String?

    package init(
        id: Int,
        at: Date,
        gate: String,
        items: [AlarmItem],
        quiet: String? = nil,
        lane: String? = nil,
        direction: String? = nil,
        bulk: Bool? = nil,
        outcome: String? = nil
    ) {
        self.id = id
        self.at = at
        self.gate = gate
        self.items = items
        self.quiet = quiet
        self.lane = lane
        self.direction = direction
        self.bulk = bulk
        self.outcome = outcome
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
    /// 16 hexadecimal digits, beginning with `E0`.
    package var uid: String
    /// `nil` when the gate did not know which item the tag is on.
    package var barcode: String?
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// Where its security was changed last: `kiosk-2, check-out`.
    package var origin: String?

    package init(
        reason: String,
        evidence: String,
        advice: String,
        uid: String,
        barcode: String?,
        title: String?,
        callNumber: String?,
        origin: String? = nil
    ) {
        self.reason = reason
        self.evidence = evidence
        self.advice = advice
        self.uid = uid
        self.barcode = barcode
        self.title = title
        self.callNumber = callNumber
        self.origin = origin
    }
}
