import CLinux
import Glibc
import Wire

/// Where a connection goes to or comes from, as the kernel holds it: IPv4 or IPv6 with a port.
struct SocketAddress: Sendable {
    private var storage: sockaddr_storage
    private var length: socklen_t

    var family: Int32 { Int32(storage.ss_family) }

    /// Lets a system call fill in an address.
    init?(filling fill: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout.size(ofValue: storage))
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { fill($0, &length) }
        }
        guard result >= 0 else { return nil }
        self.storage = storage
        self.length = length
    }

    private init(copying information: addrinfo) {
        storage = sockaddr_storage()
        length = information.ai_addrlen
        withUnsafeMutableBytes(of: &storage) { target in
            let count = min(target.count, Int(information.ai_addrlen))
            guard let source = information.ai_addr else { return }
            target.copyMemory(from: UnsafeRawBufferPointer(start: source, count: count))
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Address and port without asking a name server: `192.168.10.10` and `10001`.
    ///
    /// Who calls over IPv4 at a port of both families is known by the IPv4 address, as people write it in the list of
    /// those that may (RFC 4291, 2.5.5.2: `::ffff:192.168.10.10`).
    var numeric: (host: String, port: UInt16)? {
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let result = withPointer { address, length in
            getnameinfo(
                address,
                length,
                &host,
                socklen_t(host.count),
                &port,
                socklen_t(port.count),
                NI_NUMERICHOST | NI_NUMERICSERV
            )
        }
        guard result == 0 else { return nil }
        let text = Self.text(host)
        let isMapped = text.hasPrefix(Self.mapped) && text.contains(".")
        return (isMapped ? String(text.dropFirst(Self.mapped.count)) : text, UInt16(Self.text(port)) ?? 0)
    }

    private static let mapped = "::ffff:"

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension SocketAddress {
    /// The addresses of a host, in the order of preference; blocks while a name is looked up.
    static func look(up host: String, port: UInt16, flags: Int32) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags | AI_NUMERICSERV
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [SocketAddress] = []
        var next = first
        while let entry = next {
            addresses.append(SocketAddress(copying: entry.pointee))
            next = entry.pointee.ai_next
        }
        return addresses
    }

    /// The addresses of a host; a name is looked up on a thread of its own, since a name server may take seconds. None
    /// as soon as the task is cancelled.
    static func resolve(_ host: String, port: UInt16) async -> [SocketAddress] {
        let numeric = look(up: host, port: port, flags: AI_NUMERICHOST)
        guard numeric.isEmpty else { return numeric }
        return await BlockingCall.run { look(up: host, port: port, flags: AI_ADDRCONFIG) } ?? []
    }
}
