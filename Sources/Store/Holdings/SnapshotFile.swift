import Foundation
import GRDB
import Library

/// One snapshot of the holdings, in a SQLite file of its own: `holdings-7.sqlite` beside the database.
///
/// A file of its own is loaded without touching the database that alarms and sightings wait for, is dropped by removing
/// it, and gives its space back. Nobody sees it before the database says that it is in use: docs/decisions.
enum SnapshotFile {
    static func name(_ number: Int64) -> String { "holdings-\(number).sqlite" }

    /// The number in a file's name; `nil` for every other file.
    static func number(in name: String) -> Int64? {
        guard name.hasPrefix("holdings-"), let dot = name.firstIndex(of: ".") else { return nil }
        return Int64(name[name.index(name.startIndex, offsetBy: 9)..<dot])
    }

    /// Indexes come last: sorting once is cheaper than finding a place for each row.
    static let tables = """
        CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            line INTEGER NOT NULL,
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
            shelfKey BLOB
        ) STRICT;
        CREATE TABLE otherBarcode (
            barcode TEXT NOT NULL,
            item TEXT NOT NULL,
            PRIMARY KEY (barcode, item)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE rejection (
            id INTEGER PRIMARY KEY,
            line INTEGER NOT NULL,
            cause TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT;
        """

    static let indexes = [
        "CREATE INDEX itemByBarcode ON item (barcode)",
        "CREATE INDEX itemByShelf ON item (shelfKey) WHERE shelfKey IS NOT NULL",
    ]

    /// For imports of changes alone, which look for an item's former barcode; their copies hand it on. A snapshot that
    /// begins as a copy of a whole import gets it once, a second or so for each million items.
    static let indexForChanges = """
        CREATE INDEX IF NOT EXISTS itemByIdentifier ON item (itemIdentifier) WHERE itemIdentifier IS NOT NULL
        """

    /// An empty snapshot to be filled; in memory when there is no folder.
    ///
    /// Nothing is promised to the disk while it is filled: a torn file is thrown away whole. 32 MiB for pages and for
    /// each sort.
    static func create(at path: String?) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "holdings import"
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA main.locking_mode = EXCLUSIVE;
                    PRAGMA cache_size = -32768;
                    PRAGMA threads = 1;
                    """
            )
        }
        let queue =
            try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
            ?? DatabaseQueue(configuration: configuration)
        return queue
    }

    /// A finished snapshot, for reading by several at once.
    static func open(at path: String) throws -> DatabasePool {
        try DatabasePool(path: path, configuration: reading)
    }

    /// The same with a single connection, for looks that are over in microseconds.
    static func openFinder(at path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: reading)
    }

    private static var reading: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "holdings"
        configuration.prepareDatabase { database in
            // Pages are looked at where the system has them instead of being copied, and as nobody writes, the file is
            // locked once instead of at each look.
            try database.execute(
                sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -4096"
            )
        }
        return configuration
    }

    /// Puts the file and its name on the disk.
    static func secure(_ path: String) throws {
        for place in [path, URL(filePath: path).deletingLastPathComponent().path] {
            try Store.synchronize(place)
        }
    }
}
