/// What a backup holds: the answer to `POST /v1/restore` with the file as body.
package struct BackupSummary: Codable, Hashable, Sendable {
    /// Size in bytes.
    package var bytes: Int64
    /// Items of the holdings snapshot in use.
    package var items: Int
    /// Sweeps of the backup, finished ones included.
    package var sweeps: Int
    /// Changes of security bits whose end is not known.
    package var openSecurityChanges: Int

    package init(bytes: Int64, items: Int, sweeps: Int, openSecurityChanges: Int) {
        self.bytes = bytes
        self.items = items
        self.sweeps = sweeps
        self.openSecurityChanges = openSecurityChanges
    }
}

/// The answer to `POST /v1/check`: the database was looked at page by page and is whole.
package struct CheckReport: Codable, Hashable, Sendable {
    /// Path of the database file on the daemon's machine.
    package var database: String
    /// How long the check took.
    package var seconds: Double

    package init(database: String, seconds: Double) {
        self.database = database
        self.seconds = seconds
    }
}
