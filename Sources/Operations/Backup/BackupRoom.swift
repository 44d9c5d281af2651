package import Library
package import Store

/// Makes copies of everything the service remembers, and takes one back.
package actor BackupRoom {
    /// Where files are written until they are handed out or set down; on the disk of the database.
    package nonisolated let folder: String
    private let store: Store
    private var isWriting = false
    /// What a look through the pages has found torn; `nil` as long as none has, and after one that found all whole.
    package private(set) var damage: StoreTrouble?

    /// Copies the store's database, and works in the folder that this lies in.
    package init(store: Store) {
        self.store = store
        folder = store.folder
    }

    /// A name for a file in the folder, which is removed at the next start when nobody has done so before.
    package nonisolated func newName(_ ending: String) -> String { Store.passingName(ending) }

    /// Writes a checked copy to a new file of this name in the folder; the caller removes it when it is fetched.
    ///
    /// One at a time: two at once would only be slower. Throws ``BackupFailure/busy`` or ``StoreError``.
    package func write(_ name: String) async throws -> (path: String, facts: BackupFacts) {
        guard !isWriting else { throw BackupFailure.busy }
        isWriting = true
        defer { isWriting = false }
        let path = "\(folder)/\(name)"
        return (path, try await store.backUp(to: path))
    }

    /// Sets the file at `path`, which lies in the folder, down for the next start.
    package func restore(_ path: String) async throws -> BackupFacts {
        do {
            return try await Store.stageRestore(of: path, folder: folder)
        } catch let refusal as RestoreRefusal {
            throw BackupFailure.refused(cause: refusal.description, hint: refusal.hint)
        }
    }

    /// Looks at every page, index and reference of the database in use.
    package func check() async throws {
        do {
            try await store.check()
            damage = nil
        } catch {
            note(error)
            throw error
        }
    }

    /// Looks at every page alone, beside everything else that goes on; throws `CancellationError` soon after it is
    /// cancelled.
    package func quickCheck() async throws {
        do {
            try await store.quickCheck()
        } catch {
            note(error)
            throw error
        }
    }

    private func note(_ error: any Error) {
        guard let error = error as? StoreError, case .damaged = error else { return }
        damage = StoreTrouble(error)
    }
}

/// Why there is no backup, or no restoring from one.
package enum BackupFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case busy
    case refused(cause: String, hint: String)

    package var description: String {
        switch self {
        case .busy: "backup: another one is being written"
        case .refused(let cause, _): cause
        }
    }

    /// What to do about it, for a person.
    package var hint: String {
        switch self {
        case .busy: "wait until it is done"
        case .refused(_, let hint): hint
        }
    }
}
