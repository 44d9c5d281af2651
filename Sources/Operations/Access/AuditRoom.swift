package import Library
package import Logging
package import Store
import Wire

/// Writes down who has changed what. Each entry also goes to the log, with its hash, so that the two can be compared.
package struct AuditRoom: Sendable {
    private let store: Store
    private let time: Timekeeper
    private let logger: Logger

    package init(store: Store, time: Timekeeper, logger: Logger) {
        self.store = store
        self.time = time
        self.logger = logger
    }

    /// Longest target that is kept, in characters: a path is short, and what is longer was made up.
    private static let longestTarget = 300

    /// What was done is done when this is called: a log that cannot be written is told, and undoes nothing.
    package func note(
        who: String,
        role: AccessRole?,
        means: String,
        peer: String,
        action: String,
        target: String,
        result: Int
    ) {
        _ = write(
            AuditEntry(
                at: time.now(),
                who: who,
                role: role?.rawValue ?? "",
                means: means,
                peer: peer,
                action: action,
                target: String(target.prefix(Self.longestTarget)),
                result: result
            )
        )
    }

    /// Writes down that a backup has taken the place of the database, with its log, and which file has the one before.
    ///
    /// Does nothing where none has. What cannot be written now is written at the next start.
    package func noteRestore() {
        guard store.isRestored else { return }
        let entry = AuditEntry(
            at: time.now(),
            who: "pressmarkd",
            role: "",
            means: "start",
            peer: "local",
            action: "restore",
            target: Store.replacedName,
            result: 200
        )
        if write(entry) { store.forgetRestore() }
    }

    private func write(_ entry: AuditEntry) -> Bool {
        do {
            let written = try store.append(entry)
            logger.info(
                "audit",
                metadata: [
                    "entry": "\(written.id)", "chain": "\(Hex.string(written.chain))", "who": "\(entry.who)",
                    "action": "\(entry.action)", "result": "\(entry.result)",
                ]
            )
            return true
        } catch {
            logger.critical(
                "audit entry not written",
                metadata: [
                    "who": "\(entry.who)", "action": "\(entry.action)", "result": "\(entry.result)",
                    "cause": "\(error)",
                ]
            )
            return false
        }
    }

    /// The entries behind number `id`, oldest first, `limit` at most; 0 begins with the first one.
    package func entries(after id: AuditEntry.ID, limit: Int) throws -> [AuditEntry] {
        try store.auditEntries(after: id, limit: limit)
    }

    /// The newest first.
    package func latest(before id: AuditEntry.ID? = nil, limit: Int) throws -> [AuditEntry] {
        try store.latestAuditEntries(before: id, limit: limit)
    }

    /// Goes through the whole log, hash by hash, and says whether an entry was changed or taken out since.
    ///
    /// - Parameter noted: number and hash of an entry as they stand elsewhere, in the journal for example; the log must
    ///   still have them.
    package func verify(noted: (id: AuditEntry.ID, chain: [UInt8])?) throws -> AuditVerdict {
        try store.verifyAudit(noted: noted)
    }
}
