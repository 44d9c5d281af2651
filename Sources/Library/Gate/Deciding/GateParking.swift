package import Tags

/// An item that lies in or near a gate: it is named to staff and makes no more noise until it was gone for a while.
package struct GateParking: Hashable, Sendable {
    /// How it came to be blocked.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Heard without a pause.
        case parked
        /// Heard now and then from the fringe of the field, and rung for too often.
        case stray
    }

    /// The gate's name in the configuration: `gate-1`.
    package var gate: String
    /// The tag on the item that lies there.
    package var uid: TagUID
    /// Whether it was heard all the time or rang too often.
    package var kind: Kind
    /// Why it was judged as it was when it was blocked: a parked item need not be armed.
    package var reason: GateReason
    /// When it was heard first.
    package var since: Moment
    /// When it was blocked.
    package var at: Moment
    /// Antennas that hear it, counted from 1; empty when the device does not tell.
    package var antennas: [Int]
    /// Name of the lane in which it was heard first; `nil` when no antenna of a lane was told.
    package var lane: String?
    /// How often it was heard until then.
    package var hearings: Int

    package init(
        gate: String,
        uid: TagUID,
        kind: Kind,
        reason: GateReason,
        since: Moment,
        at: Moment,
        antennas: [Int],
        lane: String?,
        hearings: Int
    ) {
        self.gate = gate
        self.uid = uid
        self.kind = kind
        self.reason = reason
        self.since = since
        self.at = at
        self.antennas = antennas
        self.lane = lane
        self.hearings = hearings
    }

    /// Where it seems to lie, in words for staff: `at antenna 2 of gate-1, left lane`.
    package var place: String {
        let antenna =
            switch antennas.count {
            case 0: ""
            case 1: "at antenna \(antennas[0]) of "
            default: "between antennas \(antennas.map(String.init).joined(separator: " and ")) of "
            }
        let lane = lane.map { ", \($0)" } ?? ""
        return (antenna.isEmpty ? "near " : antenna) + gate + lane
    }
}
