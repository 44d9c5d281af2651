import Foundation
import GRDB
import Synchronization

/// The snapshots that can be read, each with its own connections.
///
/// The one lock of the store: readers on any thread need the connections of the snapshot in use while an import puts
/// another one in its place. It is held for a look into a dictionary, never while SQLite works.
final class SnapshotShelf: Sendable {
    private struct Content {
        var readers: [Int64: any DatabaseReader] = [:]
        var current: Int64?
        /// A connection to the current snapshot for single items: a pool takes longer to hand out a connection than
        /// SQLite to find an item.
        var finder: DatabaseQueue?
    }

    /// Where the files are; `nil` when snapshots live in memory.
    private let folder: String?
    private let content = Mutex(Content())

    init(folder: String?) {
        self.folder = folder
    }

    func path(_ number: Int64) -> String? {
        folder.map { URL(filePath: $0).appending(path: SnapshotFile.name(number)).path }
    }

    /// The file of the snapshot in use; `nil` before the first import, and when snapshots live in memory.
    var currentPath: String? {
        content.withLock { $0.current }.flatMap(path)
    }

    /// The snapshot in use; `nil` before the first import.
    var current: (any DatabaseReader)? {
        content.withLock { content in content.current.flatMap { content.readers[$0] } }
    }

    /// The snapshot in use for looking up items; `nil` before the first import.
    var finder: (any DatabaseReader)? {
        content.withLock { content in
            if let finder = content.finder { return finder }
            return content.current.flatMap { content.readers[$0] }
        }
    }

    /// A snapshot by its number, opened when it has to be; `nil` when it is not there.
    func reader(_ number: Int64) throws -> (any DatabaseReader)? {
        if let reader = content.withLock({ $0.readers[number] }) { return reader }
        guard let path = path(number), FileManager.default.fileExists(atPath: path) else { return nil }
        let reader = try SnapshotFile.open(at: path)
        return content.withLock { content in
            // Another thread may have been faster: its connections are as good.
            if let earlier = content.readers[number] { return earlier }
            content.readers[number] = reader
            return reader
        }
    }

    /// Puts an import on the shelf, for those who know its number.
    func stage(_ number: Int64, _ reader: any DatabaseReader) {
        content.withLock { $0.readers[number] = reader }
    }

    /// Closes the writing side of a finished import; from now on it is only read.
    func settle(_ number: Int64) throws {
        guard let path = path(number) else { return }
        content.withLock { _ = $0.readers.removeValue(forKey: number) }
        try SnapshotFile.secure(path)
        _ = try reader(number)
    }

    /// Makes a snapshot the one in use; `nil` when there is none any more.
    func use(_ number: Int64?) throws {
        var finder: DatabaseQueue?
        if let number, try reader(number) != nil, let path = path(number) {
            finder = try SnapshotFile.openFinder(at: path)
        }
        content.withLock { content in
            content.current = number
            content.finder = finder
        }
    }

    /// Removes everything but these snapshots. Whoever is still reading one of the others reads to the end.
    func keep(only numbers: Set<Int64>) throws {
        content.withLock { content in content.readers = content.readers.filter { numbers.contains($0.key) } }
        guard let folder else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            guard let number = SnapshotFile.number(in: name), !numbers.contains(number) else { continue }
            try FileManager.default.removeItem(atPath: URL(filePath: folder).appending(path: name).path)
        }
    }
}
