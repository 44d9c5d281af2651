package import Tags

/// An item that lies in or near a gate: it is named to staff and makes no more noise until it was gone for a while.
package struct GateParking: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Heard without a pause.
        case parked
        /// Heard now and then from the fringe of the field, and rung for too often.
        case stray
    }

    package var gate: String
    package var uid: TagUID
    package var kind: Kind
    package var reason: GateReason
    /// When it was heard first.
    package var since: Moment
    package var at: Moment
    /// Antennas that hear it, counted from 1; empty when the device does not tell.
    package var antennas: [Int]
    package var lane: String?
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
