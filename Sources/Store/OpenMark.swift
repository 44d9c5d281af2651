import Foundation

/// A file that lies in the state folder while the database may have a write-ahead log that is not in it yet.
///
/// Whoever finds it beside a database without a log knows that the log was taken away, and with it whatever was written
/// last: by a copy that forgot it, or a repair of the file system.
final class OpenMark: Sendable {
    private static let name = "pressmark.open"

    private let path: String
    /// Whether a program before us ended without a clean stop, and its log is gone.
    let isLogMissing: Bool

    init(folder: String) {
        let (files, place) = (FileManager.default, URL(filePath: folder))
        path = place.appending(path: Self.name).path
        let database = place.appending(path: Store.fileName).path
        isLogMissing =
            files.fileExists(atPath: path) && files.fileExists(atPath: database)
            && !files.fileExists(atPath: database + "-wal")
    }

    /// The log is there from now on.
    func leave() {
        _ = FileManager.default.createFile(atPath: path, contents: Data())
    }

    /// Everything is in the database.
    func remove() {
        unlink(path)
    }

    // The last connection takes the log along into the database.
    deinit { remove() }
}
