import Glibc
import Testing
import Wire

@testable import LinuxIO

/// The other end of a connection, which can vanish: from then on the kernel drops what reaches it before it is looked
/// at, and no acknowledgement, no end and no reset leaves it, as when the cable is pulled.
private final class VanishingPeer {
    let port: UInt16
    private let listener: Int32
    private var line: Int32 = -1

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (number, size) = (listener, length)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, size) == 0 }
        }
        try #require(isBound && listen(listener, 1) == 0)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &length) }
        }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(line)
        close(listener)
    }

    /// Takes the call that waits.
    func accept() throws {
        line = Glibc.accept(listener, nil, nil)
        try #require(line >= 0)
    }

    /// A classic socket filter of one instruction, "keep no byte" (linux/filter.h: BPF_RET | BPF_K, 0), which needs no
    /// privilege (socket(7), SO_ATTACH_FILTER).
    func vanish() throws {
        var instruction: [UInt16] = [0x06, 0, 0, 0]
        let result = instruction.withUnsafeMutableBytes { bytes in
            var program = Program(count: 1, instructions: bytes.baseAddress)
            return setsockopt(line, SOL_SOCKET, SO_ATTACH_FILTER, &program, socklen_t(MemoryLayout<Program>.size))
        }
        try #require(result == 0)
    }

    /// `struct sock_fprog`.
    private struct Program {
        var count: UInt16
        var instructions: UnsafeMutableRawPointer?
    }
}

private func connected(_ peer: VanishingPeer, on readiness: Readiness) async throws -> TCPLink {
    let link = try await TCPLink.connect(host: "127.0.0.1", port: peer.port, on: readiness)
    try peer.accept()
    try link.watchClosely()
    return link
}

@Test func `a line on which nobody speaks closes when the other end has vanished, and not before`() async throws {
    let (peer, readiness) = (try VanishingPeer(), try Readiness())
    var link = try await connected(peer, on: readiness)
    // Longer than the first of the kernel's questions takes: it was answered, and the line stands.
    await #expect(throws: LinkError.timedOut) { try await link.receive(within: .milliseconds(1500)) }
    try peer.vanish()
    await #expect(throws: LinkError.closed) { try await link.receive(within: patience) }
}

@Test func `bytes that nobody acknowledges close the line`() async throws {
    let (peer, readiness) = (try VanishingPeer(), try Readiness())
    var link = try await connected(peer, on: readiness)
    try peer.vanish()
    try await link.send([0x02, 0x00, 0x07, 0xFF, 0x65, 0x6E, 0x61])
    await #expect(throws: LinkError.closed) { try await link.receive(within: patience) }
}

@Test func `a second hold on a line that vanished closes as well`() async throws {
    let (peer, readiness) = (try VanishingPeer(), try Readiness())
    var ear = try await connected(peer, on: readiness)
    var mouth = try ear.shared()
    try peer.vanish()
    try await mouth.send([0x00])
    await #expect(throws: LinkError.closed) { try await ear.receive(within: patience) }
    await #expect(throws: LinkError.closed) { try await mouth.send([0x00]) }
}

@Test func `a reader's line is given up within five seconds by what the kernel is told`() throws {
    let socket = try Descriptor.streamSocket(AF_INET)
    try socket.tune()
    try socket.watchClosely()
    let (tcp, alive) = (Int32(IPPROTO_TCP), socket.option(SOL_SOCKET, SO_KEEPALIVE))
    let (idle, interval) = (socket.option(tcp, TCP_KEEPIDLE), socket.option(tcp, TCP_KEEPINTVL))
    let (count, unacknowledged) = (socket.option(tcp, TCP_KEEPCNT), socket.option(tcp, TCP_USER_TIMEOUT))
    #expect(alive == 1)
    // Silence, then so many questions in vain (tcp(7)); and bytes on the way.
    #expect(idle >= 1 && interval >= 1 && count >= 2 && idle + interval * count <= 5)
    #expect(unacknowledged > 0 && unacknowledged <= 5000)
}
