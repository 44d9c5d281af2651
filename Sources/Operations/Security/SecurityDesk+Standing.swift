import Library
import Logging
import Store
import Tags

/// Which of two loans or returns of an item is the younger one, where they stood before their tags were changed.
extension SecurityDesk {
    /// Items that are remembered; no more orders than that wait for their turn.
    private static let most = 1024

    /// A loan or return that stands since now.
    nonisolated func loanNow() throws -> LoanStanding {
        LoanStanding(since: time.now(), changesBefore: try store.lastSecurityChange(), number: tellings.next())
    }

    /// Why what waited for its turn is not carried out; `nil` when nothing younger is known of any of the items.
    ///
    /// What is asked for at a pad stands in the journal before it is asked for, so that its place there tells. What was
    /// told when it stood already goes there at its turn: an older one that had it first is no reason, and a younger one
    /// is, also where it has left nothing in the journal.
    func younger(than standing: LoanStanding, of requests: [SecurityRequest]) throws -> SecurityRefusal? {
        for request in requests {
            let own = request.names.own
            let last = followed[own]
            if let last, last.number > standing.number {
                return .overtaken(barcode: request.barcode, by: last.cause, change: nil)
            }
            guard let word = try store.lastLoan(of: own), word.id > standing.changesBefore, word.id != last?.change
            else { continue }
            return .overtaken(barcode: request.barcode, by: word.intent.cause, change: word.id)
        }
        return nil
    }

    /// Remembers who had their turn. A renewal counts where it has released its item: of one at home it says nothing.
    func noteTurn(of requests: [SecurityRequest], _ standing: LoanStanding) {
        for request in requests {
            let own = request.names.own
            let change = try? store.lastLoan(of: own)
            guard standing.isLeftOpen || (change?.id ?? 0) > standing.changesBefore else { continue }
            followed[own] = FollowedLoan(number: standing.number, cause: request.cause, change: change?.id)
        }
        guard followed.count > Self.most else { return }
        followed = followed.filter { $0.value.number > standing.number - Self.most / 2 }
    }
}

/// What becomes of the journal where tags could not be reached, or needed no writing.
extension SecurityDesk {
    /// Writes down that a loan or return stands although its tags did not follow: they do when they are heard, and what
    /// was left open before is not finished against it.
    ///
    /// While the reader is away nobody knows what lies there, so that the tags known of the item are meant. What lay
    /// there and was refused is left alone: only tags of a change that is open already are in it then.
    ///
    /// - Parameters:
    ///   - standing: since when it stands; no younger loan or return of the item is known.
    ///   - isKept: the library system wants the tags left as they are.
    ///   - isAway: the reader could not be asked.
    func leaveOpen(
        _ request: SecurityRequest,
        _ standing: LoanStanding,
        isKept: Bool,
        isAway: Bool,
        _ why: String
    ) async {
        guard standing.isLeftOpen else { return }
        let own = request.names.own
        do throws(StoreError) {
            let open = try store.openIntents().filter { $0.intent.barcode == own }
            guard isAway || open.contains(where: { $0.intent.wanted != request.wanted }) else { return }
            let begun = Set(open.flatMap { $0.intent.changes.map(\.uid) })
            var tags = begun
            if isAway {
                let known = try store.tags(ofItem: own)
                tags.formUnion(known.filter { policy.owner($0.owner).isOurs }.map(\.uid))
            }
            let changes = tags.sorted().compactMap { change($0, to: request.wanted) }
            guard !changes.isEmpty else { return }
            let intent = SecurityIntent(
                barcode: own,
                changes: changes,
                wanted: request.wanted,
                cause: request.cause,
                reader: request.reader,
                at: standing.since
            )
            // Cut off before its result, what was to be kept must not be finished as if nobody had said so.
            let record = try store.record(intent, isAgreed: !isKept)
            let result = SecurityResult(outcome: isKept ? .kept : .uncertain, reason: why)
            var written = result
            // A tag that nobody has written to says what it said, and a value of somebody else's is not ours to change.
            for change in changes where !isKept && !begun.contains(change.uid) {
                written.readBack[change.uid] = change.before
            }
            try store.record(written, of: record, at: time.now())
            await tell(SecurityReport(request: request, end: .flipped(intent, result), change: record))
        } catch {
            logger.error("standing loan not written down", metadata: ["item": "\(own)", "cause": "\(error)"])
        }
    }

    /// Ends what is open towards the other value of tags that were just found saying what somebody wants of them: taken
    /// up later it would undo that, as a change that was written and read back ends it too.
    func overtake(_ tags: [TagUID], by request: SecurityRequest) {
        do throws(StoreError) {
            for record in try store.openIntents(of: tags) where record.intent.wanted != request.wanted {
                guard record.intent.changes.allSatisfy({ tags.contains($0.uid) }) else { continue }
                let result = SecurityResult(
                    outcome: .superseded,
                    reason: "a later request found every part as it wanted it",
                    readBack: record.lastResult?.readBack ?? [:]
                )
                try store.record(result, of: record.id, at: time.now())
            }
        } catch {
            logger.error("open change not ended", metadata: ["item": "\(request.barcode)", "cause": "\(error)"])
        }
    }

    /// From the site's other value, as far as anybody knows; `nil` for a tag without the site's means.
    private func change(_ uid: TagUID, to wanted: SecurityState) -> SecurityChange? {
        let other: SecurityState = wanted == .armed ? .disarmed : .armed
        guard let before = policy.mark(for: other, on: uid), let wanted = policy.mark(for: wanted, on: uid) else {
            return nil
        }
        return SecurityChange(uid: uid, before: before, wanted: wanted)
    }
}
