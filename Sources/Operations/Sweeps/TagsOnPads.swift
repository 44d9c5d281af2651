import Library
import Tags

/// What lies on pads. A station tells once that a tag has come: a sweep that begins later would never hear of it while it
/// lies there, on a shelf with an antenna for good. In memory alone, and no more than lies there.
struct TagsOnPads: Sendable {
    private var tags: [String: [TagUID]] = [:]

    mutating func take(_ round: StationRound) {
        guard round.role == .pad else { return }
        tags[round.reader] = round.present.isEmpty ? nil : round.present
    }

    /// What a sweep of this plan hears as it begins. A card, or what nobody could read, was never written down and does
    /// not count.
    func sightings(
        for plan: SweepPlan,
        at now: Moment,
        knowing record: (TagUID) throws -> TagRecord?
    ) rethrows -> [Sighting] {
        var found: [Sighting] = []
        for reader in tags.keys.sorted() where plan.listens(to: reader, isWand: false) {
            for uid in tags[reader] ?? [] {
                guard let known = try record(uid) else { continue }
                found.append(Sighting(uid: uid, barcode: known.barcode, reader: reader, at: now))
            }
        }
        return found
    }
}
