/// What sweeps came to need later.
extension Schema {
    /// How far each item of a write-back has come, and sweeps of listed items: barcodes, a line each.
    static let writeBackStates = """
        ALTER TABLE writeBack ADD COLUMN state TEXT NOT NULL DEFAULT 'written'
            CHECK (state IN ('written', 'left out', 'sent', 'done', 'refused', 'uncertain'));
        CREATE INDEX writeBackByItem ON writeBack (sweep, route, barcode, id);
        ALTER TABLE sweep ADD COLUMN items TEXT;
        """

    /// Sightings come in the order of time, so their key begins with it: each one lands behind the last, on a page that
    /// is at hand. Where an item was seen, which is random, stands in runs that follow behind: each takes the next
    /// stretch of the log, sorted by item, and lands behind the last run in the same way. `upTo` is the last sighting
    /// of a run.
    static let sightingLog = """
        CREATE TABLE sightingInTime (
            id INTEGER PRIMARY KEY,
            sweep INTEGER NOT NULL REFERENCES sweep (id),
            uid INTEGER NOT NULL,
            barcode TEXT CHECK (barcode <> ''),
            reader TEXT NOT NULL CHECK (reader <> ''),
            at INTEGER NOT NULL,
            pass INTEGER NOT NULL CHECK (pass >= 1),
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            antenna INTEGER,
            signal INTEGER,
            UNIQUE (sweep, at, uid, reader)
        ) STRICT;
        INSERT INTO sightingInTime (id, sweep, uid, barcode, reader, at, pass, afi, antenna, signal)
            SELECT id, sweep, uid, barcode, reader, at, pass, afi, antenna, signal FROM sighting ORDER BY id;
        DROP TABLE sighting;
        ALTER TABLE sightingInTime RENAME TO sighting;
        CREATE TRIGGER sightingStands BEFORE UPDATE ON sighting
        BEGIN SELECT RAISE(ABORT, 'a sighting is never changed'); END;

        CREATE TABLE itemSeen (
            run INTEGER NOT NULL,
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            sweep INTEGER NOT NULL,
            reader TEXT NOT NULL CHECK (reader <> ''),
            firstAt INTEGER NOT NULL,
            lastAt INTEGER NOT NULL CHECK (lastAt >= firstAt),
            sightings INTEGER NOT NULL CHECK (sightings >= 1),
            PRIMARY KEY (run, barcode, sweep, reader)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE itemSeenRun (
            number INTEGER PRIMARY KEY,
            upTo INTEGER NOT NULL
        ) STRICT;
        """

    /// The holdings as they were at a sweep's end, as far as it is judged by them; a sweep without a row was finished
    /// before they were kept. Items without such a row are what a crash left of an end that did not come about.
    static let judgedHoldings = """
        CREATE TABLE sweepHoldings (
            sweep INTEGER PRIMARY KEY REFERENCES sweep (id) ON DELETE CASCADE,
            snapshot INTEGER NOT NULL,
            importedAt INTEGER NOT NULL,
            mayLackSince INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE sweepItem (
            sweep INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('expected', 'stranger', 'unknown')),
            parts INTEGER,
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            otherBarcodes TEXT,
            itemIdentifier TEXT,
            recordIdentifier TEXT,
            title TEXT,
            callNumber TEXT,
            scheme TEXT NOT NULL,
            systemSortKey TEXT,
            enumeration TEXT,
            copyNumber TEXT,
            homeBranch TEXT,
            holdingBranch TEXT,
            location TEXT,
            permanentLocation TEXT,
            collection TEXT,
            itemType TEXT,
            status TEXT NOT NULL,
            statusText TEXT,
            owner TEXT,
            lastSeen TEXT,
            shelfKey BLOB,
            PRIMARY KEY (sweep, number)
        ) STRICT, WITHOUT ROWID;
        """

    /// A sweep may be of one collection alone, wherever it stands.
    static let sweepCollection = """
        ALTER TABLE sweep ADD COLUMN collection TEXT;
        """

    /// Tags that a finished sweep has heard and nobody has read as an item's.
    static let sweepTags = """
        CREATE TABLE sweepTag (
            uid INTEGER NOT NULL,
            sweep INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
            PRIMARY KEY (uid, sweep)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO sweepTag (uid, sweep)
            SELECT DISTINCT uid, sweep FROM sighting
            WHERE sweep IN (SELECT id FROM sweep WHERE finishedAt IS NOT NULL) AND barcode IS NULL
            AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.uid = sighting.uid AND tag.barcode IS NOT NULL);
        """
}
