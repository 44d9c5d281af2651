package import Library
import Logging
import SIP2
import Store

/// Returns that were taken while the library system was out of reach: stored without any patron, told when it is back.
///
/// Loans are never stored: who borrowed what would have to be on the disk (docs/decisions).
package struct ReturnsDesk: Sendable {
    private let link: CirculationLink
    private let store: Store
    private let time: Timekeeper
    private let logger: Logger

    init(link: CirculationLink, store: Store, time: Timekeeper, logger: Logger) {
        self.link = link
        self.store = store
        self.time = time
        self.logger = logger
    }

    /// Why a return cannot be taken while the system is away; `nil` when it was stored.
    package func store(_ barcode: String) async throws -> String? {
        switch link.settings.offline {
        case .refuse: return "returns are not taken while the library system is away (offline = \"refuse\")"
        case .returns: break
        }
        switch await link.offlineWord {
        case true?: break
        case false?: return "the library system does not allow that anything goes on without it"
        case nil: return "the library system was not asked yet whether anything may go on without it"
        }
        try store.storeReturn(of: barcode, at: time.now())
        return nil
    }

    /// Returns the library system does not know of yet, and those it did not take, oldest first.
    package func waiting() throws -> [StoredReturn] {
        try store.storedReturns()
    }

    /// Whether a return of the item is still to be told, under whichever of its barcodes: it would end any loan made
    /// before.
    func isWaiting(_ barcode: String) throws -> Bool {
        let names = try store.names(ofItem: barcode).all
        return try store.storedReturns().contains { $0.conflict == nil && names.contains($0.barcode) }
    }

    /// Somebody has put it right in the library system: the entry goes.
    package func settle(_ id: StoredReturn.ID) throws -> Bool {
        try store.settleReturn(id)
    }

    /// Hears what the system has answered a kiosk: what it has lent since then came back before, whatever became of the
    /// tags, and an old return would end the new loan. A renewal is no loan: the item may have come back all the same.
    ///
    /// The answer has just passed: whatever waits now was taken before it, by whatever clock. A loan that the kiosk made
    /// by itself and told late is older than its answer, and may be older than the return: no journal has its place, and
    /// what clocks say does not count. Told, the return might end it, and not told the loan would never end, so that
    /// somebody has to look.
    func take(_ order: ProxyOrder) {
        guard order.cause == .checkout, !order.mayBeElsewhere else { return }
        if case .leave = order.verdict { return }
        do throws(StoreError) {
            let names = try store.names(ofItem: order.item).all
            for entry in try store.storedReturns() where entry.conflict == nil && names.contains(entry.barcode) {
                guard !order.isLate else {
                    try keepForSomebody(entry, Self.lentLate)
                    continue
                }
                _ = try store.settleReturn(entry.id)
                logger.notice("stored return not told, lent since", metadata: ["item": "\(entry.barcode)"])
            }
        } catch {
            logger.warning("stored returns", metadata: ["cause": "\(error)"])
        }
    }

    private static let lentLate = "a kiosk told late of a loan of it, which may be older or younger"

    /// The entry stays and is not told, until somebody has put it right in the library system.
    private func keepForSomebody(_ entry: StoredReturn, _ reason: String) throws(StoreError) {
        try store.setConflict(of: entry.id, to: reason)
        logger.warning("stored return not taken", metadata: ["item": "\(entry.barcode)", "cause": "\(reason)"])
    }

    /// Whether an entry is still to be told.
    private func waits(_ entry: StoredReturn) throws(StoreError) -> Bool {
        try store.storedReturns().contains { $0.id == entry.id && $0.conflict == nil }
    }

    /// Tells the system what it missed, oldest first; stops at the first sign that it is away again.
    ///
    /// What was lent again since is not told: the system would take the new loan for the one that ended.
    package func forward() async {
        do {
            for entry in try store.storedReturns() where entry.conflict == nil {
                // While the one before was told this one may have been settled.
                guard try waits(entry) else { continue }
                if let later = try loan(after: entry) {
                    // Whether a loan stands that was asked for just now is known next time; one whose item stays armed
                    // does.
                    if later.isAgreed || later.lastResult?.outcome == .kept {
                        _ = try store.settleReturn(entry.id)
                        logger.notice("stored return not told, lent since", metadata: ["item": "\(entry.barcode)"])
                    }
                    continue
                }
                // A clock that ran ahead when it came back would have it come back tomorrow. And while this one was told
                // a kiosk may have told of a loan: then the answer settles nothing.
                switch try await link.checkIn(entry.barcode, at: min(entry.at, time.now())) {
                case .made, .madeBefore: if try waits(entry) { _ = try store.settleReturn(entry.id) }
                case .refused: if try waits(entry) { try await conclude(entry) }
                case .uncertain: return
                }
            }
        } catch {
            logger.warning("stored returns", metadata: ["cause": "\(error)"])
        }
    }

    /// The loan that the journal has for the item's newest word, where it is younger than the return.
    ///
    /// The return's own change was in the journal before the return was kept, so that its place tells. One that was cut
    /// off counts as declined by a library system that has yet to be told, and is in front of no later loan all the same.
    private func loan(after entry: StoredReturn) throws -> SecurityRecord? {
        let names = try store.names(ofItem: entry.barcode)
        let newest = try store.latestChanges(of: names.own).first { change in
            switch change.intent.cause {
            case .checkin: true
            case .checkout: change.lastResult?.outcome != .declined
            case .staff, .repair: false
            }
        }
        return newest?.intent.cause == .checkout ? newest : nil
    }

    /// A refused return of what is not on loan is no conflict: somebody has returned it by hand.
    private func conclude(_ entry: StoredReturn) async throws {
        let status = try await link.item(entry.barcode).status.itemStatus
        switch status {
        case .onLoan?, nil:
            let reason =
                status == nil ? "the library system does not know the item" : "the library system keeps it on loan"
            try keepForSomebody(entry, reason)
        default: _ = try store.settleReturn(entry.id)
        }
    }
}
