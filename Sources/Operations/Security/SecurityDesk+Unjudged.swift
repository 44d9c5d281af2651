import Library
import Readers
import Store
import Tags

/// What a tag on a pad waits for that could not be judged when it was heard.
enum Unjudged: Sendable {
    /// It did not tell what the site goes by, its item was just being changed, or the disk could not be written to.
    case anotherLook
    /// Holdings and journal are too old to say how its item stands, and the library system did not say.
    case librarySystem
    /// No holdings know its item, or those that do are too old and there is nobody to ask.
    case otherHoldings
}

/// Tags that lie on pads and have to be looked at again: a station tells that they have come, and tells it once.
extension SecurityDesk {
    /// Remembers that a tag could not be judged. What passes a wand or a gate is gone by the time that it could be.
    func postpone(_ uid: TagUID, until reason: Unjudged, on station: Station) {
        guard station.setup.role == .pad else { return }
        unjudged[uid] = reason
    }

    /// Keeps in mind what could not be written down of tags on a pad. Of cards nothing is kept.
    func keepUnremembered(_ heard: [HeardTag]) {
        for tag in heard where tag.isRead && !tag.isPatronCard { unremembered[tag.uid] = tag }
    }

    /// Looks again at tags that lie on a pad and are known to say the wrong thing, or could not be judged, ever more
    /// rarely: one that was put right behind our back, that refused to be written, or whose item nobody knew is not
    /// heard a second time by itself.
    func recheck(on stations: [Station]) async throws {
        let now = time.uptime()
        let values = policy.values
        let pads = stations.filter { $0.setup.role == .pad }
        let present = pads.reduce(into: Set<TagUID>()) { $0.formUnion(lying[$1.setup.name] ?? []) }
        unjudged = unjudged.filter { present.contains($0.key) }
        unremembered = unremembered.filter { present.contains($0.key) }
        rememberNow()
        try followHoldings()
        let wrong = try store.openDivergences().map(\.uid)
        let waiting = Set(unjudged.filter { $0.value != .otherHoldings }.keys)
        let asked = wrong + waiting.subtracting(wrong).sorted()
        let kept = Set(asked)
        rechecks = rechecks.filter { kept.contains($0.key) }
        for uid in asked {
            let station = pads.first { lying[$0.setup.name]?.contains(uid) == true }
            guard let station, rechecks[uid].map({ $0.due <= now }) ?? true else { continue }
            rechecks[uid, default: SecurityRetry(at: now)].failed(at: now)
            let afi = try? await station.perform { reader -> UInt8? in
                (try? await reader.readAFI(of: uid, among: values)) ?? nil
            }
            guard afi != nil || policy.mark(for: .armed, on: uid)?.afi == nil else { continue }
            await tryJudging(HeardTag(uid: uid, at: time.now(), antenna: nil, signal: nil, afi: afi), on: station)
        }
    }

    /// The library system is there again: it is asked about the tags that wait for its word, and at once.
    func libraryIsBack() {
        let now = time.uptime()
        for (uid, reason) in unjudged where reason == .librarySystem { rechecks[uid]?.hurry(at: now) }
    }

    /// Looks again at what waits for somebody who knows its item when there are other holdings, or the same were found
    /// to be true still.
    private func followHoldings() throws {
        let now = try store.snapshot()
        guard now != holdings else { return }
        holdings = now
        for (uid, reason) in unjudged where reason != .anotherLook {
            unjudged[uid] = .anotherLook
            rechecks[uid] = nil
        }
    }

    /// Writes down what could not be written down when it was heard; then it can be judged, and repaired.
    private func rememberNow() {
        guard !unremembered.isEmpty, (try? remember(Array(unremembered.values))) != nil else { return }
        for uid in unremembered.keys {
            unjudged[uid] = .anotherLook
            rechecks[uid] = nil
        }
        unremembered = [:]
    }
}
