import GRDB
package import Library
import Synchronization

/// An import under way: rows go into a snapshot file of their own, which nobody sees before ``commit(at:keeping:)``.
///
/// Rows are packed here and written behind the caller's back, so that reading and writing go on at the same time; the
/// database that alarms and sightings wait for is not touched. A process that is killed before the commit leaves the
/// current snapshot as it was; the rest is cleared at the next opening. Belongs to one caller at a time. Memory: 70 MB
/// whatever the size.
package final class HoldingsImport {
    /// Rows handed over at a time: some milliseconds of writing.
    private static let portion = 2000
    /// Rejections kept word for word; the others are only counted.
    package static let keptRejections = 100_000
    private static let keptUnsorted = 20

    /// The snapshot's number.
    package let number: Int64
    /// Rows taken so far; until ``finish()`` some may still turn out to be doubles.
    package private(set) var itemCount = 0
    /// Rows that are not in the snapshot: those that ``reject(line:cause:text:)`` took, and after ``finish()`` the
    /// doubles.
    package private(set) var rejectedCount = 0
    /// Items whose call number cannot be filed, and the first of them: they are kept, without a place on the shelf.
    package private(set) var unsortedCount = 0
    /// At most twenty of them, in the order of the export.
    package private(set) var unsorted: [UnsortableCallNumber] = []

    private let store: Store
    private let file: DatabaseQueue
    private let rules: ShelfOrderRules
    private let base: Int64?
    private var pending = PackedRows()
    private var pendingRejections: [ImportRejection] = []
    private let trouble = ImportTrouble()
    private var isFinished = false

    /// `base` is the snapshot that the file is a copy of, when only changes are added.
    init(store: Store, number: Int64, file: DatabaseQueue, rules: ShelfOrderRules, base: Int64?) {
        self.store = store
        self.number = number
        self.file = file
        self.rules = rules
        self.base = base
    }

    /// Takes one item. Of several with one barcode the first stays; each other becomes a rejection that names its line.
    ///
    /// In an import of changes an item takes the place of the one with its barcode, and of the one with the library
    /// system's own number for it, which had another barcode before.
    package func add(_ item: Item, line: Int) throws(StoreError) {
        let filed = item.shelfKey(rules: rules)
        if item.callNumber != nil, case .failure(let number) = filed {
            unsortedCount += 1
            if unsorted.count < Self.keptUnsorted { unsorted.append(number) }
        }
        pending.append(item, key: try? filed.get(), line: line)
        itemCount += 1
        if pending.count >= Self.portion { try handOver() }
    }

    /// Takes one row that could not become an item.
    package func reject(line: Int, cause: String, text: String) throws(StoreError) {
        if rejectedCount < Self.keptRejections {
            pendingRejections.append(ImportRejection(line: line, cause: cause, text: text))
        }
        rejectedCount += 1
        if pendingRejections.count >= Self.portion { try handOver() }
    }

    /// Writes what is left, finds doubles and sorts: some 2 s for each million items, on the caller's thread.
    package func finish() throws(StoreError) {
        guard !isFinished else { return }
        try handOver()
        do {
            let (base, taken, keptSoFar) = (base, itemCount, min(rejectedCount, Self.keptRejections))
            let doubles = try file.writeWithoutTransaction { database in
                try Self.settle(database, base: base, taken: taken, keptSoFar: keptSoFar)
            }
            try settled(doubles)
        } catch {
            throw StoreError(error)
        }
    }

    /// The same on a thread of the store, while the caller waits without holding one.
    package func finishInBackground() async throws(StoreError) {
        guard !isFinished else { return }
        try handOver()
        do {
            let (base, taken, keptSoFar) = (base, itemCount, min(rejectedCount, Self.keptRejections))
            let doubles = try await file.writeWithoutTransaction { database in
                try Self.settle(database, base: base, taken: taken, keptSoFar: keptSoFar)
            }
            try settled(doubles)
        } catch {
            throw StoreError(error)
        }
    }

    /// Makes this the current snapshot at one stroke, and drops all but the last `keeping` others.
    package func commit(at moment: Moment, keeping: Int = 2) throws(StoreError) -> SnapshotInfo {
        try finish()
        try store.stage(number, items: itemCount, rejected: rejectedCount, at: moment)
        return try store.accept(number, at: moment, keeping: keeping)
    }

    /// Keeps this as a staged snapshot, to be looked at and then accepted or discarded by its number.
    package func stage(at moment: Moment) throws(StoreError) -> SnapshotInfo {
        try finish()
        return try store.stage(number, items: itemCount, rejected: rejectedCount, at: moment)
    }

    /// Throws the rows away; the current snapshot stays.
    package func abandon() throws(StoreError) {
        pending = PackedRows()
        pendingRejections = []
        try store.discard(number)
    }
}

extension HoldingsImport {
    /// Gives the pending rows to the file's thread once it has written the portion before.
    private func handOver() throws(StoreError) {
        file.writeWithoutTransaction { _ in }
        if let error = trouble.first.withLock({ $0 }) { throw error }
        guard pending.count > 0 || !pendingRejections.isEmpty else { return }
        let (items, rejections, replaces) = (pending, pendingRejections, base != nil)
        pending = PackedRows()
        pendingRejections = []
        file.asyncWriteWithoutTransaction { [trouble] database in
            do {
                try Self.write(items, rejections, replaces: replaces, in: database)
            } catch {
                trouble.first.withLock { $0 = $0 ?? StoreError(error) }
            }
        }
    }

    private func settled(_ outcome: Settlement) throws(StoreError) {
        isFinished = true
        itemCount = outcome.items
        rejectedCount += outcome.doubles
        do {
            // Only a closed file is read by others; one in memory ends with its connection and stays open.
            if store.shelf.path(number) != nil { try file.close() }
            try store.shelf.settle(number)
        } catch {
            throw StoreError(error)
        }
    }

    private struct Settlement: Sendable {
        var items: Int
        var doubles: Int
    }

    private static func write(
        _ items: PackedRows,
        _ rejections: [ImportRejection],
        replaces: Bool,
        in database: Database
    ) throws {
        if replaces { try remove(items, from: database) }
        try items.write(by: database.cachedStatement(sql: PackedRows.insert), in: database)
        if !items.others.isEmpty {
            let other = try database.cachedStatement(sql: "INSERT OR IGNORE INTO otherBarcode VALUES (?, ?)")
            for (barcode, item) in items.others { try other.execute(arguments: [barcode, item]) }
        }
        guard !rejections.isEmpty else { return }
        let insert = try database.cachedStatement(sql: "INSERT INTO rejection (line, cause, text) VALUES (?, ?, ?)")
        for rejection in rejections {
            try insert.execute(arguments: [rejection.line, rejection.cause, rejection.text])
        }
    }

    private static func remove(_ items: PackedRows, from database: Database) throws {
        let remove = try database.cachedStatement(sql: "DELETE FROM item WHERE barcode = ?")
        let others = try database.cachedStatement(sql: "DELETE FROM otherBarcode WHERE item = ?")
        let former = try database.cachedStatement(sql: "SELECT barcode FROM item WHERE itemIdentifier = ?")
        for (barcode, identifier) in items.names {
            var barcodes: Set = [barcode]
            if let identifier {
                let bearers = try String.fetchAll(former, arguments: [identifier])
                // A number that several items bear, as one of the title does, names none of them.
                if bearers.count == 1 { barcodes.formUnion(bearers) }
            }
            for barcode in barcodes {
                try remove.execute(arguments: [barcode])
                try others.execute(arguments: [barcode])
            }
        }
    }

    private static func settle(
        _ database: Database,
        base: Int64?,
        taken: Int,
        keptSoFar: Int
    ) throws -> Settlement {
        if base == nil {
            try database.execute(sql: "COMMIT")
            for index in SnapshotFile.indexes { try database.execute(sql: index) }
            try database.execute(sql: "BEGIN")
        }
        var kept = keptSoFar
        var doubles = 0
        while true {
            let found = try DoubledItem.find(in: database)
            for double in found {
                try double.remove(from: database, noting: kept < Self.keptRejections)
                kept += 1
            }
            doubles += found.count
            if found.count < DoubledItem.most { break }
        }
        // Counting five million items takes half a second; only changes do not add up by themselves.
        let items =
            base == nil ? taken - doubles : try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM item") ?? 0
        try database.execute(sql: "COMMIT")
        return Settlement(items: items, doubles: doubles)
    }
}

/// The first thing that went wrong behind the caller's back.
private final class ImportTrouble: Sendable {
    let first = Mutex<StoreError?>(nil)
}
