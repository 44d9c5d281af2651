extension Schema {
    /// Notices that wait for their channel, bounded for each; and when a channel got its last summary.
    static let notices = """
        CREATE TABLE noticeWaiting (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL CHECK (channel <> ''),
            event TEXT NOT NULL,
            level TEXT NOT NULL,
            subject TEXT NOT NULL,
            text TEXT NOT NULL,
            remedy TEXT,
            at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            dueAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX noticeWaitingByChannel ON noticeWaiting (channel, dueAt);

        CREATE TABLE noticeSummary (
            channel TEXT NOT NULL CHECK (channel <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('daily', 'weekly')),
            at INTEGER NOT NULL,
            PRIMARY KEY (channel, kind)
        ) STRICT, WITHOUT ROWID;
        """
}
