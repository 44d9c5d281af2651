import Foundation
import GRDBSQLite
import Synchronization

/// A disk that can be full, can fail to write or to keep its promise, and loses at a power cut what it has not
/// promised.
///
/// It stands between SQLite and the file system (sqlite.org/vfs.html) for the folders that are put on it, and lets
/// everything else pass.
final class FaultyDisk: @unchecked Sendable {
    /// What goes wrong with writes until somebody mends it.
    enum Trouble: String, Hashable, Sendable, CaseIterable {
        /// ENOSPC: what is there can be written over, nothing can be added.
        case full
        /// EIO at some writes.
        case failing
        /// Writes pass, and the promise that they are on the disk fails.
        case forgetful
        /// The machine is gone: nothing passes any more.
        case dead
    }

    var trouble: Trouble?
    /// Counts down at each write; when it has come to its end the power fails in the middle of it.
    var writesToPowerCut: Int?
    /// What is done at that moment, before anything else happens.
    var atPowerCut: () -> Void = {}
    private(set) var writes = 0
    private(set) var refusals = 0
    let chance: Chance
    /// Not promised yet, the oldest first, by path: what stood there before.
    private var unsynced: [String: [Overwritten]] = [:]

    struct Overwritten {
        var offset: Int64
        var old: [UInt8]
        var sizeBefore: Int64
    }

    init(_ chance: Chance) {
        self.chance = chance
    }

    // MARK: - What SQLite asks

    /// Why a write is refused; `nil` when it passes.
    func refusalOfWrite(to path: String, at offset: Int64, size: Int64) -> Int32? {
        writes += 1
        if let left = writesToPowerCut {
            writesToPowerCut = left > 0 ? left - 1 : nil
            if left <= 0 { cutPower() }
        }
        let refusal: Int32? =
            switch trouble {
            case nil, .forgetful: nil
            case .full: offset >= size ? SQLITE_FULL : nil
            case .failing: chance.happens(0.3) ? SQLITE_IOERR | (3 << 8) : nil
            case .dead: SQLITE_IOERR | (3 << 8)
            }
        if refusal != nil { refusals += 1 }
        return refusal
    }

    /// Why a sync is refused (SQLITE_IOERR_FSYNC); `nil` when it passes.
    func refusalOfSync(of path: String) -> Int32? {
        switch trouble {
        case .forgetful where chance.happens(0.5), .dead:
            refusals += 1
            return SQLITE_IOERR | (4 << 8)
        default:
            unsynced[path] = nil
            return nil
        }
    }

    func note(_ old: Overwritten, in path: String) {
        unsynced[path, default: []].append(old)
    }

    func forget(_ path: String) { unsynced[path] = nil }

    private func cutPower() {
        atPowerCut()
        trouble = .dead
    }

    // MARK: - What is left

    /// Copies what a program has left in `folder` to another one: all that was written when it was killed, and what was
    /// promised, with a part of the rest, when the power failed.
    func copy(_ folder: URL, to copy: URL, powerFailed: Bool) throws {
        let files = FileManager.default
        try files.createDirectory(at: copy, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: folder.path).sorted()
        // The index of the log and the lock are of the program alone.
        where !name.hasSuffix("-shm") && !name.hasPrefix("pressmark.lock") {
            let path = folder.appending(path: name).path
            var bytes = Array(try Data(contentsOf: URL(filePath: path)))
            if powerFailed { lose(unsynced[path] ?? [], of: &bytes) }
            try Data(bytes).write(to: copy.appending(path: name))
        }
    }

    /// Any part of what was not promised may be missing, the last first.
    private func lose(_ writes: [Overwritten], of bytes: inout [UInt8]) {
        for write in writes.reversed() where chance.happens(0.7) {
            let start = Int(write.offset)
            for (place, byte) in write.old.enumerated() where start + place < bytes.count {
                bytes[start + place] = byte
            }
            if bytes.count > Int(write.sizeBefore), start + write.old.count >= Int(write.sizeBefore),
                start + write.old.count >= bytes.count || chance.happens(0.5)
            {
                bytes.removeLast(bytes.count - max(Int(write.sizeBefore), 0))
            }
        }
    }
}

// MARK: - Folders on such disks

extension FaultyDisk {
    private static let disks = Mutex<[String: FaultyDisk]>([:])

    /// Puts a folder on this disk.
    func hold(_ folder: URL) {
        FaultyFiles.register()
        Self.disks.withLock { $0[folder.path] = self }
    }

    static func release(_ folder: URL) {
        Self.disks.withLock { $0[folder.path] = nil }
    }

    /// The disk on which a file lies; `nil` for files that are nobody's.
    ///
    /// Holdings are written by a thread of their own, whose turns no seed decides: their files are left alone.
    static func of(_ path: String) -> FaultyDisk? {
        guard path.hasSuffix("/pressmark.sqlite") || path.hasSuffix("/pressmark.sqlite-wal") else { return nil }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        return disks.withLock { $0[folder] }
    }
}
