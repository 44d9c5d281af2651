import NIOCore

/// Which process is at the other end of a unix socket, as the kernel says (unix(7), SO_PEERCRED).
struct PeerCredentials: Sendable {
    var process: Int32
    var user: UInt32
    var group: UInt32

    /// SO_PEERCRED on Linux for x86, ARM and RISC-V (asm-generic/socket.h).
    private static let option = NIOBSDSocket.Option(rawValue: 17)

    /// `nil` where the line is no unix socket.
    static func of(_ channel: any Channel) async -> PeerCredentials? {
        guard let provider = channel as? any SocketOptionProvider else { return nil }
        // struct ucred: three numbers of 32 bits, and nothing between them.
        let found: (Int32, UInt32, UInt32)? = try? await provider.unsafeGetSocketOption(level: .socket, name: option)
            .get()
        return found.map { PeerCredentials(process: $0.0, user: $0.1, group: $0.2) }
    }
}
