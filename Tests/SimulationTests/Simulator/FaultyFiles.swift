import GRDBSQLite
import Glibc
import Synchronization

/// The layer between SQLite and the file system (sqlite3_vfs): files on a ``FaultyDisk`` are watched, all others are
/// handed to the system as they are.
enum FaultyFiles {
    /// Behind SQLite's own part of a file: which file it is, and then the system's own.
    private struct Head {
        var base: sqlite3_file
        var file: Unmanaged<WatchedFile>
    }

    final class WatchedFile {
        let path: String
        let disk: FaultyDisk

        init(path: String, disk: FaultyDisk) {
            self.path = path
            self.disk = disk
        }
    }

    private static let headSize = (MemoryLayout<Head>.size + 15) / 16 * 16
    /// Made once and never freed: SQLite keeps pointers to them.
    nonisolated(unsafe) private static let system = sqlite3_vfs_find(nil)
    nonisolated(unsafe) private static let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    nonisolated(unsafe) private static let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    private static let isRegistered = Mutex(false)

    static func register() {
        isRegistered.withLock { isRegistered in
            guard !isRegistered, let system else { return }
            isRegistered = true
            layer.initialize(to: system.pointee)
            layer.pointee.zName = UnsafePointer(strdup("pressmark-faulty"))
            layer.pointee.szOsFile = system.pointee.szOsFile + Int32(headSize)
            layer.pointee.pNext = nil
            layer.pointee.xOpen = { _, name, file, flags, out in FaultyFiles.open(name, file, flags, out) }
            layer.pointee.xDelete = { _, name, sync in
                if let name { FaultyDisk.of(String(cString: name))?.forget(String(cString: name)) }
                return FaultyFiles.system?.pointee.xDelete(FaultyFiles.system, name, sync) ?? SQLITE_IOERR
            }
            methods.initialize(to: watching)
            sqlite3_vfs_register(layer, 1)
        }
    }

    private static func open(
        _ name: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: Int32,
        _ out: UnsafeMutablePointer<Int32>?
    ) -> Int32 {
        guard let system, let file else { return SQLITE_IOERR }
        guard let name, let disk = FaultyDisk.of(String(cString: name)) else {
            return system.pointee.xOpen(system, name, file, flags, out)
        }
        file.pointee.pMethods = nil
        let code = system.pointee.xOpen(system, name, real(file), flags, out)
        guard code == SQLITE_OK else { return code }
        let watched = Unmanaged.passRetained(WatchedFile(path: String(cString: name), disk: disk))
        UnsafeMutableRawPointer(file).bindMemory(to: Head.self, capacity: 1)
            .initialize(to: Head(base: sqlite3_file(pMethods: methods), file: watched))
        return code
    }

    private static func real(_ file: UnsafeMutablePointer<sqlite3_file>?) -> UnsafeMutablePointer<sqlite3_file>? {
        file.map { (UnsafeMutableRawPointer($0) + headSize).assumingMemoryBound(to: sqlite3_file.self) }
    }

    /// The system's own file, with its methods.
    private static func with(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ call: (sqlite3_io_methods, UnsafeMutablePointer<sqlite3_file>) -> Int32
    ) -> Int32 {
        guard let real = real(file), let methods = real.pointee.pMethods else { return SQLITE_IOERR }
        return call(methods.pointee, real)
    }

    private static func watched(_ file: UnsafeMutablePointer<sqlite3_file>?) -> WatchedFile? {
        file.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Head.self).pointee.file.takeUnretainedValue() }
    }

    // MARK: - What is watched

    private static func write(
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ bytes: UnsafeRawPointer?,
        _ count: Int32,
        _ offset: Int64
    ) -> Int32 {
        with(file) { methods, real in
            var size: Int64 = 0
            _ = methods.xFileSize(real, &size)
            if let watched = watched(file) {
                if let code = watched.disk.refusalOfWrite(to: watched.path, at: offset, size: size) { return code }
                watched.disk.note(overwritten(methods, real, offset, Int64(count), size), in: watched.path)
            }
            return methods.xWrite(real, bytes, count, offset)
        }
    }

    private static func truncate(_ file: UnsafeMutablePointer<sqlite3_file>?, _ size: Int64) -> Int32 {
        with(file) { methods, real in
            if let watched = watched(file) {
                if watched.disk.trouble == .dead { return SQLITE_IOERR }
                var before: Int64 = 0
                _ = methods.xFileSize(real, &before)
                watched.disk.note(overwritten(methods, real, size, before - size, before), in: watched.path)
            }
            return methods.xTruncate(real, size)
        }
    }

    /// What stands where something will be written.
    private static func overwritten(
        _ methods: sqlite3_io_methods,
        _ real: UnsafeMutablePointer<sqlite3_file>,
        _ offset: Int64,
        _ count: Int64,
        _ size: Int64
    ) -> FaultyDisk.Overwritten {
        let there = max(0, min(count, size - offset))
        var old = [UInt8](repeating: 0, count: Int(there))
        if there > 0 { _ = old.withUnsafeMutableBytes { methods.xRead(real, $0.baseAddress, Int32(there), offset) } }
        return FaultyDisk.Overwritten(offset: offset, old: old, sizeBefore: size)
    }

    private static var watching: sqlite3_io_methods {
        var all = sqlite3_io_methods()
        all.iVersion = 3
        all.xClose = { file in
            let code = FaultyFiles.with(file) { $0.xClose($1) }
            if let file {
                UnsafeMutableRawPointer(file).assumingMemoryBound(to: Head.self).pointee.file.release()
                file.pointee.pMethods = nil
            }
            return code
        }
        all.xWrite = { FaultyFiles.write($0, $1, $2, $3) }
        all.xTruncate = { FaultyFiles.truncate($0, $1) }
        all.xSync = { file, flags in
            let watched = FaultyFiles.watched(file)
            if let watched, let code = watched.disk.refusalOfSync(of: watched.path) { return code }
            // No real disk has to turn for a simulated one.
            return SQLITE_OK
        }
        all.xRead = { file, buffer, count, offset in
            FaultyFiles.with(file) { $0.xRead($1, buffer, count, offset) }
        }
        all.xFileSize = { file, size in FaultyFiles.with(file) { $0.xFileSize($1, size) } }
        all.xLock = { file, level in FaultyFiles.with(file) { $0.xLock($1, level) } }
        all.xUnlock = { file, level in FaultyFiles.with(file) { $0.xUnlock($1, level) } }
        all.xCheckReservedLock = { file, out in FaultyFiles.with(file) { $0.xCheckReservedLock($1, out) } }
        all.xFileControl = { file, code, argument in FaultyFiles.with(file) { $0.xFileControl($1, code, argument) } }
        all.xSectorSize = { file in FaultyFiles.with(file) { $0.xSectorSize($1) } }
        all.xDeviceCharacteristics = { file in FaultyFiles.with(file) { $0.xDeviceCharacteristics($1) } }
        all.xShmMap = { file, page, size, extends, out in
            FaultyFiles.with(file) { $0.xShmMap($1, page, size, extends, out) }
        }
        all.xShmLock = { file, offset, count, flags in
            FaultyFiles.with(file) { $0.xShmLock($1, offset, count, flags) }
        }
        all.xShmBarrier = { file in
            _ = FaultyFiles.with(file) { methods, real in
                methods.xShmBarrier(real)
                return SQLITE_OK
            }
        }
        all.xShmUnmap = { file, deletes in FaultyFiles.with(file) { $0.xShmUnmap($1, deletes) } }
        all.xFetch = { file, offset, count, out in
            FaultyFiles.with(file) { $0.xFetch($1, offset, count, out) }
        }
        all.xUnfetch = { file, offset, page in FaultyFiles.with(file) { $0.xUnfetch($1, offset, page) } }
        return all
    }
}
