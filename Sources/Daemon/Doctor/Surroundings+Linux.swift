import Foundation
import Glibc
import Operations

extension Surroundings {
    /// Looks at the machine: device files and who may use them, the disk, the clock. Opens no device.
    init(readers: [Configuration.Reader], state: String, database: String) {
        self.init()
        for reader in readers {
            guard case .serial(let path, _) = reader.place else { continue }
            devices[reader.name] = DoctorFacts.Device(at: path)
        }
        if let facts = try? FileManager.default.attributesOfFileSystem(forPath: state) {
            freeBytes = (facts[.systemFreeSize] as? NSNumber)?.int64Value
            totalBytes = (facts[.systemSize] as? NSNumber)?.int64Value
        }
        let size = try? FileManager.default.attributesOfItem(atPath: database)[.size] as? NSNumber
        databaseBytes = size?.int64Value
        isClockKept = Self.isClockKept(run: "/run")
    }

    /// What systemd-timesyncd says; `nil` where another service keeps the clock, or none.
    static func isClockKept(run: String) -> Bool? {
        let files = FileManager.default
        guard files.fileExists(atPath: run + "/systemd/timesync") else { return nil }
        return files.fileExists(atPath: run + "/systemd/timesync/synchronized")
    }
}

extension DoctorFacts.Device {
    /// The device file as this process sees it.
    init(at path: String) {
        self.init(path: path, exists: false)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            others = Self.serialLines(in: ["/dev/serial/by-id", folder == "/dev" ? "/dev" : folder])
            return
        }
        exists = true
        isSerial = facts.st_mode & S_IFMT == S_IFCHR
        isAllowed = access(path, R_OK | W_OK) == 0
        group = Self.name(ofGroup: facts.st_gid)
        isInGroup = getegid() == facts.st_gid || Self.groups.contains(facts.st_gid) || geteuid() == 0
    }

    private static func serialLines(in folders: [String]) -> [String] {
        let found = folders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
                .filter { folder != "/dev" || $0.hasPrefix("ttyUSB") || $0.hasPrefix("ttyACM") }
                .map { "\(folder)/\($0)" }
        }
        return Array(found.prefix(8))
    }

    private static var groups: Set<gid_t> {
        var list = [gid_t](repeating: 0, count: 256)
        let count = getgroups(256, &list)
        return Set(list.prefix(max(0, Int(count))))
    }

    private static func name(ofGroup number: gid_t) -> String? {
        guard let entry = getgrgid(number), let name = entry.pointee.gr_name else { return nil }
        return String(cString: name)
    }
}
