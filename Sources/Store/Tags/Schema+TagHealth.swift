/// How tags do over the years.
extension Schema {
    /// When a tag was read first, as far as known, and how writes to its memory went: a row for each tag that was
    /// written. Its theft bit has the security journal.
    static let tagHealth = """
        ALTER TABLE tag ADD COLUMN firstReadAt INTEGER;

        CREATE TABLE tagWriting (
            uid INTEGER PRIMARY KEY,
            done INTEGER NOT NULL DEFAULT 0 CHECK (done >= 0),
            failed INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
            uncertain INTEGER NOT NULL DEFAULT 0 CHECK (uncertain >= 0),
            lastAt INTEGER NOT NULL,
            reader TEXT NOT NULL CHECK (reader <> ''),
            trouble TEXT
        ) STRICT;
        CREATE INDEX divergenceByTag ON divergence (uid);
        """
}
