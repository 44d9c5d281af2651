import Glibc

/// A device file, as far as a person who may not open it must know.
enum DeviceNode {
    /// What to do when the user may not open `path`: the group that may is read from the file itself.
    static func permissionHint(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_gid != 0, let group = groupName(status.st_gid) else {
            return "install udev/60-pressmark.rules, which gives readers to the group pressmark"
        }
        return "add the user to group \(group) (sudo usermod -aG \(group) USER) and log in again"
    }

    private static func groupName(_ number: gid_t) -> String? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard getgrgid_r(number, &entry, buffer.baseAddress, buffer.count, &found) == 0, found != nil else {
                return nil
            }
            return String(cString: entry.gr_name)
        }
    }
}
