import CLinux
import Glibc
package import Wire

/// Writes entries with fields to the system's journal, by its own datagram protocol (systemd's
/// JOURNAL_NATIVE_PROTOCOL).
package struct JournalSocket: Hashable, Sendable {
    private let path: String

    package init(path: String = "/run/systemd/journal/socket") {
        self.path = path
    }

    /// Sends one entry. Names are upper-case letters, digits and low lines.
    ///
    /// Waits for nobody: throws ``LinkError/system(errno:call:meaning:)`` with EAGAIN where the journal is behind by as
    /// many entries as the kernel keeps for it.
    package func send(_ fields: [(name: String, value: String)]) throws(LinkError) {
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(AF_UNIX, kind, 0)
        guard number >= 0 else { throw .system("socket") }
        let descriptor = Descriptor(owning: number)
        let message = Self.message(fields)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .system("journal", ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let sent = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor.raw, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        guard sent == message.count else { throw .system("journal \(path)") }
    }

    /// `NAME=value` and a line end; a value of several lines stands behind its length in eight bytes, little end first.
    static func message(_ fields: [(name: String, value: String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            let value = Array(value.utf8)
            bytes += Array(name.utf8)
            if value.contains(0x0A) {
                bytes.append(0x0A)
                bytes += (0..<8).map { UInt8(truncatingIfNeeded: UInt64(value.count) >> (8 * UInt64($0))) }
            } else {
                bytes.append(0x3D)
            }
            bytes += value
            bytes.append(0x0A)
        }
        return bytes
    }
}
