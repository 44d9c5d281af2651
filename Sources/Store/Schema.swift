import GRDB

/// The tables, as an append-only list of named migrations: a step that has been released is never edited.
///
/// Common to all tables: moments are milliseconds since 1970 UTC, a tag's UID is its 64 bits as a signed integer
/// (`printf('%016X', uid)` shows it), an AFI is 0 to 255. There is no column for a patron anywhere.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, statements) in steps {
            migrator.registerMigration(name) { database in try database.execute(sql: statements) }
        }
        return migrator
    }

    private static let steps = [
        ("1 holdings", holdings),
        ("2 tags", tags),
        ("3 sweeps", sweeps),
        ("4 security journal", security),
        ("5 gate", gate),
        ("6 gate knowledge", gateKnowledge),
        ("7 stored returns", storedReturns),
        ("8 snapshot files", snapshotFiles),
        ("9 sweep plans", sweepPlans),
        ("10 security marks", securityMarks),
        ("11 access and audit", access),
        ("12 write-back states and list scopes", writeBackStates),
        ("13 notices", notices),
        ("14 sighting log in the order of time", sightingLog),
        ("15 gate lanes and duties", gateLanes),
        ("16 tag health", tagHealth),
        ("17 holdings of finished sweeps", judgedHoldings),
        ("18 sweeps of a collection", sweepCollection),
        ("19 holdings among the changes of security", holdingsAmongChanges),
        ("20 tags of finished sweeps", sweepTags),
    ]

    private static let holdings = """
        CREATE TABLE snapshot (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            source TEXT NOT NULL,
            startedAt INTEGER NOT NULL,
            importedAt INTEGER,
            itemCount INTEGER NOT NULL DEFAULT 0 CHECK (itemCount >= 0),
            rejectedCount INTEGER NOT NULL DEFAULT 0 CHECK (rejectedCount >= 0),
            state TEXT NOT NULL CHECK (state IN ('staged', 'current', 'kept', 'dropped')),
            CHECK (state IN ('staged', 'dropped') OR importedAt IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX snapshotCurrent ON snapshot (state) WHERE state = 'current';

        CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            snapshot INTEGER NOT NULL REFERENCES snapshot (number),
            barcode TEXT NOT NULL CHECK (barcode <> ''),
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
            parts INTEGER,
            owner TEXT,
            lastSeen TEXT,
            shelfKey BLOB,
            line INTEGER NOT NULL,
            UNIQUE (snapshot, barcode)
        ) STRICT;
        CREATE INDEX itemByShelf ON item (snapshot, shelfKey);

        CREATE TABLE rejection (
            id INTEGER PRIMARY KEY,
            snapshot INTEGER NOT NULL REFERENCES snapshot (number),
            line INTEGER NOT NULL,
            cause TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX rejectionBySnapshot ON rejection (snapshot, line);
        """

    private static let tags = """
        CREATE TABLE tag (
            uid INTEGER PRIMARY KEY,
            barcode TEXT CHECK (barcode <> ''),
            model TEXT NOT NULL,
            setTotal INTEGER CHECK (setTotal BETWEEN 0 AND 999),
            setOrdinal INTEGER CHECK (setOrdinal BETWEEN 0 AND 999),
            owner TEXT,
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            readAt INTEGER NOT NULL,
            CHECK ((setTotal IS NULL) = (setOrdinal IS NULL))
        ) STRICT;
        CREATE INDEX tagByBarcode ON tag (barcode) WHERE barcode IS NOT NULL;
        """

    /// The sighting's unique key makes a second upload of the same log harmless; the trigger makes the log append-only.
    private static let sweeps = """
        CREATE TABLE sweep (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            branch TEXT,
            location TEXT,
            fromCallNumber TEXT,
            toCallNumber TEXT,
            scheme TEXT,
            lowerKey BLOB,
            upperKey BLOB,
            statuses TEXT NOT NULL,
            snapshot INTEGER,
            startedAt INTEGER NOT NULL,
            finishedAt INTEGER,
            CHECK ((lowerKey IS NULL) = (scheme IS NULL) AND (upperKey IS NULL) = (scheme IS NULL))
        ) STRICT;
        CREATE INDEX sweepOpen ON sweep (id) WHERE finishedAt IS NULL;

        CREATE TABLE sighting (
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
            UNIQUE (sweep, reader, uid, at)
        ) STRICT;
        CREATE TRIGGER sightingStands BEFORE UPDATE ON sighting
        BEGIN SELECT RAISE(ABORT, 'a sighting is never changed'); END;
        """

    /// An intent stands before the first write; it may get several results, of which one at most settles it.
    private static let security = """
        CREATE TABLE securityIntent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            wanted TEXT NOT NULL CHECK (wanted IN ('armed', 'disarmed')),
            cause TEXT NOT NULL,
            reader TEXT NOT NULL CHECK (reader <> ''),
            at INTEGER NOT NULL,
            settledAt INTEGER
        ) STRICT;
        CREATE INDEX securityIntentOpen ON securityIntent (id) WHERE settledAt IS NULL;

        CREATE TABLE securityChange (
            intent INTEGER NOT NULL REFERENCES securityIntent (id),
            uid INTEGER NOT NULL,
            before INTEGER NOT NULL CHECK (before BETWEEN 0 AND 255),
            wanted INTEGER NOT NULL CHECK (wanted BETWEEN 0 AND 255),
            PRIMARY KEY (intent, uid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX securityChangeByTag ON securityChange (uid);

        CREATE TABLE securityResult (
            id INTEGER PRIMARY KEY,
            intent INTEGER NOT NULL REFERENCES securityIntent (id),
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX securityResultByIntent ON securityResult (intent);

        CREATE TABLE securityReadBack (
            result INTEGER NOT NULL REFERENCES securityResult (id),
            uid INTEGER NOT NULL,
            afi INTEGER NOT NULL CHECK (afi BETWEEN 0 AND 255),
            PRIMARY KEY (result, uid)
        ) STRICT, WITHOUT ROWID;
        """

    private static let gate = """
        CREATE TABLE gateAlarm (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            gate TEXT NOT NULL CHECK (gate <> ''),
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX gateAlarmByTime ON gateAlarm (at);

        CREATE TABLE gateAlarmItem (
            alarm INTEGER NOT NULL REFERENCES gateAlarm (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            barcode TEXT,
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            reason TEXT NOT NULL CHECK (reason <> ''),
            evidence TEXT NOT NULL,
            PRIMARY KEY (alarm, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gatePassage (
            id INTEGER PRIMARY KEY,
            gate TEXT NOT NULL CHECK (gate <> ''),
            at INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            barcode TEXT,
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            response TEXT NOT NULL CHECK (response <> ''),
            reason TEXT NOT NULL CHECK (reason <> '')
        ) STRICT;
        CREATE INDEX gatePassageByTime ON gatePassage (at);
        """

    /// What became of alarms, what was heard, and how well each gate hears. Reads carry a pseudonym in place of the
    /// tag's number; the key to it is one row that goes with the oldest reads.
    private static let gateKnowledge = """
        ALTER TABLE gateAlarm ADD COLUMN quiet TEXT;
        ALTER TABLE gateAlarm ADD COLUMN lane TEXT;
        ALTER TABLE gateAlarm ADD COLUMN direction TEXT;
        ALTER TABLE gateAlarm ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE gateAlarm ADD COLUMN outcome TEXT;
        ALTER TABLE gateAlarm ADD COLUMN outcomeAt INTEGER;
        ALTER TABLE gateAlarmItem ADD COLUMN antenna INTEGER;
        ALTER TABLE gateAlarmItem ADD COLUMN origin TEXT;
        UPDATE gateAlarmItem SET reason = 'staff device' WHERE reason = 'site device';
        UPDATE gatePassage SET reason = 'staff device' WHERE reason = 'site device';
        UPDATE gatePassage SET reason = 'parked item' WHERE reason = 'parked';
        CREATE INDEX tagByReading ON tag (readAt);

        CREATE TABLE gateRead (
            id INTEGER PRIMARY KEY,
            gate TEXT NOT NULL CHECK (gate <> ''),
            at INTEGER NOT NULL,
            tag INTEGER NOT NULL,
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            antenna INTEGER,
            kind INTEGER NOT NULL,
            owner INTEGER NOT NULL,
            part INTEGER NOT NULL,
            parts INTEGER NOT NULL,
            status TEXT,
            source INTEGER NOT NULL,
            knownAt INTEGER,
            returnedAt INTEGER,
            passUntil INTEGER,
            response TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX gateReadByTime ON gateRead (at);

        CREATE TABLE gatePseudonym (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            first INTEGER NOT NULL,
            second INTEGER NOT NULL,
            madeAt INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE gatePass (
            barcode TEXT PRIMARY KEY CHECK (barcode <> ''),
            kind TEXT NOT NULL,
            since INTEGER NOT NULL,
            until INTEGER NOT NULL CHECK (until > since)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gatePeople (
            gate TEXT NOT NULL CHECK (gate <> ''),
            hour INTEGER NOT NULL,
            incoming INTEGER NOT NULL DEFAULT 0,
            outgoing INTEGER NOT NULL DEFAULT 0,
            correction INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (gate, hour)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gateWalk (
            id INTEGER PRIMARY KEY,
            gate TEXT NOT NULL CHECK (gate <> ''),
            at INTEGER NOT NULL,
            walks INTEGER NOT NULL CHECK (walks >= 0),
            heard INTEGER NOT NULL CHECK (heard BETWEEN 0 AND walks)
        ) STRICT;

        CREATE TABLE gateSentinel (
            gate TEXT NOT NULL CHECK (gate <> ''),
            antenna INTEGER NOT NULL,
            at INTEGER NOT NULL,
            heard INTEGER NOT NULL,
            looks INTEGER NOT NULL,
            PRIMARY KEY (gate, antenna, at)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gateTrouble (
            id INTEGER PRIMARY KEY,
            gate TEXT NOT NULL CHECK (gate <> ''),
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            cause TEXT
        ) STRICT;

        CREATE TABLE gateForgetting (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            before INTEGER NOT NULL,
            alarms INTEGER NOT NULL,
            passages INTEGER NOT NULL,
            reads INTEGER NOT NULL
        ) STRICT;
        """

    /// People by lane, where each counter board stood, when daily duties were done, and the EAS bit of kept reads.
    private static let gateLanes = """
        ALTER TABLE gateRead ADD COLUMN eas INTEGER CHECK (eas IN (0, 1));
        ALTER TABLE gatePeople RENAME TO oldGatePeople;
        CREATE TABLE gatePeople (
            gate TEXT NOT NULL CHECK (gate <> ''),
            lane INTEGER NOT NULL CHECK (lane > 0),
            hour INTEGER NOT NULL,
            incoming INTEGER NOT NULL DEFAULT 0,
            outgoing INTEGER NOT NULL DEFAULT 0,
            correction INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (gate, lane, hour)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO gatePeople (gate, lane, hour, incoming, outgoing, correction)
            SELECT gate, 1, hour, incoming, outgoing, correction FROM oldGatePeople;
        DROP TABLE oldGatePeople;

        CREATE TABLE gateCounter (
            gate TEXT NOT NULL CHECK (gate <> ''),
            lane INTEGER NOT NULL CHECK (lane > 0),
            boardIncoming INTEGER NOT NULL,
            boardOutgoing INTEGER NOT NULL,
            incoming INTEGER NOT NULL,
            outgoing INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (gate, lane)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE gateDuty (
            name TEXT PRIMARY KEY CHECK (name <> ''),
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Returns taken while the library system was away: the item and the time, and no patron.
    private static let storedReturns = """
        CREATE TABLE storedReturn (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            barcode TEXT NOT NULL UNIQUE CHECK (barcode <> ''),
            at INTEGER NOT NULL,
            conflict TEXT CHECK (conflict <> '')
        ) STRICT;
        """

    /// Items live in a file for each snapshot: ``SnapshotFile``. A snapshot is filled, staged, becomes the current one,
    /// is kept for a while, and is dropped. Snapshots from before this step are gone with their items.
    private static let snapshotFiles = """
        DROP TABLE item;
        DROP TABLE rejection;
        DROP INDEX snapshotCurrent;
        ALTER TABLE snapshot RENAME TO oldSnapshot;
        CREATE TABLE snapshot (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            source TEXT NOT NULL,
            base INTEGER,
            startedAt INTEGER NOT NULL,
            importedAt INTEGER,
            wholeAt INTEGER NOT NULL,
            checkedAt INTEGER,
            usedUntil INTEGER,
            itemCount INTEGER NOT NULL DEFAULT 0 CHECK (itemCount >= 0),
            rejectedCount INTEGER NOT NULL DEFAULT 0 CHECK (rejectedCount >= 0),
            state TEXT NOT NULL CHECK (state IN ('filling', 'staged', 'current', 'kept', 'dropped')),
            CHECK (state IN ('filling', 'dropped') OR importedAt IS NOT NULL)
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq) SELECT 'snapshot', seq FROM sqlite_sequence WHERE name = 'oldSnapshot';
        DROP TABLE oldSnapshot;
        CREATE UNIQUE INDEX snapshotCurrent ON snapshot (state) WHERE state = 'current';
        """

    /// Plans, lists that ring, changes of status, moves that were done. No column names a patron.
    private static let sweepPlans = """
        ALTER TABLE sweep ADD COLUMN project TEXT;
        ALTER TABLE sweep ADD COLUMN assignee TEXT;
        ALTER TABLE sweep ADD COLUMN readers TEXT NOT NULL DEFAULT '';
        ALTER TABLE sweep ADD COLUMN background INTEGER NOT NULL DEFAULT 0 CHECK (background IN (0, 1));
        CREATE INDEX sightingByItem ON sighting (barcode) WHERE barcode IS NOT NULL;

        CREATE TABLE statusChange (
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            status TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (barcode, at, status)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX statusChangeByTime ON statusChange (at);

        CREATE TABLE sweepMove (
            sweep INTEGER NOT NULL REFERENCES sweep (id),
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            doneAt INTEGER NOT NULL,
            PRIMARY KEY (sweep, barcode)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE soughtList (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            purpose TEXT NOT NULL CHECK (purpose IN ('holds', 'weeding', 'missing', 'find')),
            createdAt INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE soughtItem (
            list INTEGER NOT NULL REFERENCES soughtList (id) ON DELETE CASCADE,
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            foundAt INTEGER,
            reader TEXT,
            PRIMARY KEY (list, barcode),
            CHECK ((foundAt IS NULL) = (reader IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX soughtItemByBarcode ON soughtItem (barcode);

        CREATE TABLE writeBack (
            id INTEGER PRIMARY KEY,
            sweep INTEGER NOT NULL REFERENCES sweep (id),
            route TEXT NOT NULL CHECK (route <> ''),
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            at INTEGER NOT NULL,
            result TEXT NOT NULL CHECK (result <> '')
        ) STRICT;
        CREATE INDEX writeBackBySweep ON writeBack (sweep, id);
        """

    /// Which loans and returns holdings know of, by their place in the journal: clocks jump. NULL where they came before.
    private static let holdingsAmongChanges = """
        ALTER TABLE snapshot ADD COLUMN changesBefore INTEGER;
        """

    /// EAS beside the AFI, the answer of the library system, and wrong bits that were heard.
    private static let securityMarks = """
        ALTER TABLE securityIntent ADD COLUMN isAgreed INTEGER NOT NULL DEFAULT 1 CHECK (isAgreed IN (0, 1));
        CREATE INDEX securityIntentByBarcode ON securityIntent (barcode);

        CREATE TABLE securityMark (
            intent INTEGER NOT NULL REFERENCES securityIntent (id),
            uid INTEGER NOT NULL,
            beforeAFI INTEGER CHECK (beforeAFI BETWEEN 0 AND 255),
            beforeEAS INTEGER CHECK (beforeEAS IN (0, 1)),
            wantedAFI INTEGER CHECK (wantedAFI BETWEEN 0 AND 255),
            wantedEAS INTEGER CHECK (wantedEAS IN (0, 1)),
            PRIMARY KEY (intent, uid),
            CHECK ((beforeAFI IS NULL) = (wantedAFI IS NULL) AND (beforeEAS IS NULL) = (wantedEAS IS NULL)),
            CHECK (wantedAFI IS NOT NULL OR wantedEAS IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO securityMark (intent, uid, beforeAFI, wantedAFI)
            SELECT intent, uid, before, wanted FROM securityChange;
        DROP TABLE securityChange;
        CREATE INDEX securityMarkByTag ON securityMark (uid);

        CREATE TABLE securityReading (
            result INTEGER NOT NULL REFERENCES securityResult (id),
            uid INTEGER NOT NULL,
            afi INTEGER CHECK (afi BETWEEN 0 AND 255),
            eas INTEGER CHECK (eas IN (0, 1)),
            PRIMARY KEY (result, uid)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO securityReading (result, uid, afi) SELECT result, uid, afi FROM securityReadBack;
        DROP TABLE securityReadBack;

        CREATE TABLE divergence (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid INTEGER NOT NULL,
            barcode TEXT NOT NULL CHECK (barcode <> ''),
            tags TEXT NOT NULL,
            item TEXT NOT NULL,
            wanted TEXT NOT NULL CHECK (wanted IN ('armed', 'disarmed')),
            reader TEXT NOT NULL CHECK (reader <> ''),
            firstAt INTEGER NOT NULL,
            lastAt INTEGER NOT NULL,
            times INTEGER NOT NULL DEFAULT 1 CHECK (times >= 1),
            closedAt INTEGER,
            closedAs TEXT,
            CHECK ((closedAt IS NULL) = (closedAs IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX divergenceOpen ON divergence (uid) WHERE closedAt IS NULL;
        """
}
