import Foundation
import Testing

/// A line to a server of this machine with no client behind it.
enum PlainCall {
    static func connected(to port: UInt16) throws -> CInt {
        let line = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isThere = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isThere)
        return line
    }

    /// What comes next; nothing where the other end hangs up.
    static func next(on line: CInt) async throws -> ArraySlice<UInt8> {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(line, &buffer, buffer.count, CInt(MSG_DONTWAIT))
            if count >= 0 { return buffer.prefix(count) }
            guard errno == EAGAIN else { return [] }
            // The threads are few, and the server needs them too.
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
