import GRDB

/// Why the store could not be opened or could not do what it was asked.
package enum StoreError: Error, Hashable, Sendable {
    /// The state folder cannot be made or written to.
    case notWritable(path: String, detail: String)
    /// Another process, or another store of this one, has the state folder.
    case inUse(path: String)
    /// A newer Pressmark has written the database; this one would not understand it.
    case newer(path: String)
    /// The database file is not one, or is torn.
    case damaged(detail: String)
    /// The disk is full. What was acknowledged before is safe; this was not written.
    case full
    /// What was asked for by its number is not there, or not any more.
    case absent(what: String)
    /// A rule of the schema was broken: a mistake in Pressmark.
    case refused(detail: String)
    /// Everything else, by SQLite's extended result code, or 0 where it was not SQLite: an I/O error, a file that
    /// another program keeps locked.
    case other(code: Int32, detail: String)
}

extension StoreError {
    /// Puts what SQLite and the file system say into the words of the store.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(database: error)
        default: self = .other(code: 0, detail: String(describing: error))
        }
    }

    private init(database error: DatabaseError) {
        let detail = error.message ?? "no detail given"
        self =
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(detail: detail)
            case .SQLITE_FULL: .full
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
                .notWritable(path: Store.fileName, detail: detail)
            case .SQLITE_CONSTRAINT: .refused(detail: detail)
            default: .other(code: error.extendedResultCode.rawValue, detail: detail)
            }
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notWritable(let path, let detail): "state folder \(path): cannot be written to: \(detail)"
        case .inUse(let path): "state folder \(path): in use by another pressmarkd"
        case .newer(let path): "database \(path): written by a newer Pressmark than this one"
        case .damaged(let detail): "database: damaged: \(detail)"
        case .full: "database: the disk is full"
        case .absent(let what): "\(what): not there"
        case .refused(let detail): "database: refused by a rule of the schema: \(detail)"
        case .other(let code, let detail): "database: \(detail) (SQLite \(code))"
        }
    }

    /// What somebody at the machine can do about it; `nil` when there is nothing to do but to report it.
    package var hint: String? {
        switch self {
        case .notWritable: "create the folder and give it to the user that runs pressmarkd, or set another one"
        case .inUse: "stop the other pressmarkd, or give this one a state folder of its own"
        case .newer: "install that version again, or start with another state folder and import the holdings anew"
        case .damaged:
            "stop pressmarkd, keep a copy of the state folder, put back the last backup, or move the folder away "
                + "and import the holdings anew; pressmarkd --recover-sweeps FOLDER writes down the sweeps it can read"
        case .full: "free some space on the disk of the state folder; pressmarkd goes on by itself"
        case .absent: "the last snapshots are kept: pressmark holdings snapshots"
        case .refused, .other: nil
        }
    }
}
