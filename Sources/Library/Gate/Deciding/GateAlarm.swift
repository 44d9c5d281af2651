package import Tags

/// One alarm of one gate, with the items that caused it and no word of who carried them.
package struct GateAlarm: Hashable, Sendable {
    /// The gate's name in the configuration.
    package var gate: String
    /// When it began, by the wall clock.
    package var at: Moment
    /// The items of the stack that caused it; never empty.
    package var items: [GateAlarmItem]
    /// Why it made no noise; `nil` when it did.
    package var quiet: GateQuiet?
    /// Name of the lane in which the first item was heard; `nil` when the device tells no antenna, or none of a lane.
    package var lane: String?
    /// Which way its items went; `nil` while neither antennas nor beams nor counter told, which may come after the
    /// alarm.
    package var direction: GateDirection?
    /// Whether so many armed items came so fast that it looks like a theft in bulk.
    package var isBulk: Bool

    package init(
        gate: String,
        at: Moment,
        items: [GateAlarmItem],
        quiet: GateQuiet? = nil,
        lane: String? = nil,
        direction: GateDirection? = nil,
        isBulk: Bool = false
    ) {
        self.gate = gate
        self.at = at
        self.items = items
        self.quiet = quiet
        self.lane = lane
        self.direction = direction
        self.isBulk = isBulk
    }
}

/// Why an alarm is shown and written down without noise.
package enum GateQuiet: String, Hashable, Sendable, CaseIterable {
    /// The gate is new and still learning.
    case learning
    /// Too many alarms in a short time: one more would tell nobody anything.
    case flood
    /// Somebody muted the gate for a while.
    case muted
    /// The fire contact is open: nothing sounds.
    case fire
    /// The site keeps quiet at this hour.
    case hour = "quiet hour"
}

/// One tag of an alarm and why it rang.
package struct GateAlarmItem: Hashable, Sendable {
    /// The tag that was heard; a set has one item of the alarm for each of its parts.
    package var uid: TagUID
    /// What its tag says as item number; `nil` until the alarm is written down, and for good when the tag was never
    /// read.
    package var barcode: String?
    /// Application family identifier as heard; `nil` when only the tag's number was.
    package var afi: UInt8?
    /// Why it rang; ``GateReason/remedy`` says what to do.
    package var reason: GateReason
    /// What was known of tag and item, in words for staff; lower case, no period. Made anew each time it is read: an
    /// alarm sounds before anybody makes words of it.
    package var evidence: String { ground.words }
    private var ground: Ground
    /// Which antenna heard it, counted from 1.
    package var antenna: Int?
    /// Where its security was changed last: the device's name and what was done, `kiosk-2, check-out`.
    package var origin: String?

    /// An item whose reason is told in words already, as out of the log.
    package init(
        uid: TagUID,
        barcode: String?,
        afi: UInt8?,
        reason: GateReason,
        evidence: String,
        antenna: Int? = nil,
        origin: String? = nil
    ) {
        self.uid = uid
        self.barcode = barcode
        self.afi = afi
        self.reason = reason
        ground = .told(evidence)
        self.antenna = antenna
        self.origin = origin
    }

    /// What was just heard and judged; no text is made for it.
    init(_ heard: GateHearing, _ decision: GateDecision) {
        uid = heard.uid
        afi = heard.afi
        reason = decision.reason
        ground = .known(decision.evidence)
        antenna = heard.antenna
    }
}

/// What was known of an alarm's tag: words from the record, or what they are made of. Equal when the words are.
private enum Ground: Hashable, Sendable {
    case told(String)
    case known(GateEvidence)

    var words: String {
        switch self {
        case .told(let words): words
        case .known(let evidence): evidence.description
        }
    }

    static func == (left: Ground, right: Ground) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) { hasher.combine(words) }
}
