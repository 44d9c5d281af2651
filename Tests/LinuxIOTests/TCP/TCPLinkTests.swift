import Glibc
import Testing
import Wire

@testable import LinuxIO

/// Connects until the listener's queue is full, holding all connections on the way.
private func connectUntilFailure(_ port: UInt16, _ rest: Int, on readiness: Readiness) async throws {
    try #require(rest > 0)
    let link = try await TCPLink.connect(host: "127.0.0.1", port: port, within: .milliseconds(200), on: readiness)
    try await connectUntilFailure(port, rest - 1, on: readiness)
    _ = consume link
}

@Test(arguments: ["127.0.0.1", "localhost"])
func `a caller is accepted with its address and bytes pass both ways`(_ host: String) async throws {
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let reader = Task { [readiness] in
        var link = try await TCPLink.connect(host: host, port: port, on: readiness)
        try await link.send([0x02, 0x00, 0x07, 0xFF, 0x65, 0x6E, 0x61])
        return try await link.receive(within: patience)
    }
    var caller = try await listener.accept(within: patience)
    #expect(caller.peer.host == "127.0.0.1")
    #expect(try await caller.receive(within: patience) == [0x02, 0x00, 0x07, 0xFF, 0x65, 0x6E, 0x61])
    try await caller.send([0x06])
    #expect(try await reader.value == [0x06])
}

@Test func `the other end's leaving closes the link`() async throws {
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    var near = try await TCPLink.connect(host: "127.0.0.1", port: listener.port, on: readiness)
    let (peer, port) = (near.peer, listener.port)
    #expect(peer == TCPLink.Peer(host: "127.0.0.1", port: port))
    _ = try await listener.accept(within: patience)
    await #expect(throws: LinkError.closed) { try await near.receive(within: patience) }
    // The first write is answered with a reset, the next one meets it.
    await #expect(throws: LinkError.closed) {
        for _ in 0..<1000 { try await near.send([UInt8](repeating: 0, count: 1024)) }
    }
}

@Test func `an address is written so that its port can be told from it`() {
    #expect(TCPLink.Peer(host: "192.168.10.10", port: 10001).description == "192.168.10.10:10001")
    #expect(TCPLink.Peer(host: "fe80::1", port: 10001).description == "[fe80::1]:10001")
}

@Test func `a port on which nobody listens is absent`() async throws {
    let readiness = try Readiness()
    let port = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness).port
    let error = LinkError.absent(
        device: "127.0.0.1:\(port)",
        hint: "nobody listens on port \(port), check the reader's port setting"
    )
    await #expect(throws: error) {
        _ = try await TCPLink.connect(host: "127.0.0.1", port: port, on: readiness)
    }
}

@Test func `a host that does not exist is absent`() async throws {
    let readiness = try Readiness()
    await #expect(throws: LinkError.absent(device: "", hint: "check the host's name or use its numeric address")) {
        _ = try await TCPLink.connect(host: "", port: 10001, on: readiness)
    }
}

@Test func `a device that does not answer the call times out`() async throws {
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    await #expect(throws: LinkError.timedOut) { try await connectUntilFailure(listener.port, 60, on: readiness) }
}

@Test func `connections notice a peer that vanished without a word`() throws {
    let socket = try Descriptor.streamSocket(AF_INET)
    try socket.tune()
    #expect(socket.option(SOL_SOCKET, SO_KEEPALIVE) == 1)
    #expect(socket.option(Int32(IPPROTO_TCP), TCP_KEEPIDLE) == 5)
    #expect(socket.option(Int32(IPPROTO_TCP), TCP_KEEPINTVL) == 5)
    #expect(socket.option(Int32(IPPROTO_TCP), TCP_KEEPCNT) == 2)
    #expect(socket.option(Int32(IPPROTO_TCP), TCP_USER_TIMEOUT) == 10_000)
    #expect(socket.option(Int32(IPPROTO_TCP), TCP_NODELAY) == 1)
}
