/// Who may do what, and what was done.
extension Schema {
    /// Tokens by the SHA-256 of what is typed in; the audit log, whose rows are chained by their hashes.
    static let access = """
        CREATE TABLE accessToken (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            fingerprint BLOB NOT NULL UNIQUE CHECK (length(fingerprint) = 32),
            role TEXT NOT NULL CHECK (role IN ('viewer', 'technician', 'desk', 'kiosk', 'admin')),
            createdAt INTEGER NOT NULL,
            expiresAt INTEGER,
            lastUsedAt INTEGER,
            revokedAt INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX accessTokenByName ON accessToken (name) WHERE revokedAt IS NULL;

        CREATE TABLE accessTokenPlace (
            token INTEGER NOT NULL REFERENCES accessToken (id),
            kind TEXT NOT NULL CHECK (kind IN ('reader', 'gate')),
            name TEXT NOT NULL CHECK (name <> ''),
            PRIMARY KEY (token, kind, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE auditEntry (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            role TEXT NOT NULL,
            means TEXT NOT NULL CHECK (means <> ''),
            peer TEXT NOT NULL,
            action TEXT NOT NULL CHECK (action <> ''),
            target TEXT NOT NULL,
            result INTEGER NOT NULL,
            chain BLOB NOT NULL CHECK (length(chain) = 32)
        ) STRICT;
        """
}
