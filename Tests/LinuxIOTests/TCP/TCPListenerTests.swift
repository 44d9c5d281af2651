import Glibc
import Testing
import Wire

@testable import LinuxIO

@Test func `nobody calling is a timeout`() async throws {
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    await #expect(throws: LinkError.timedOut) { _ = try await listener.accept(within: .milliseconds(10)) }
}

@Test func `a port in use is refused with a way to find its owner`() throws {
    let readiness = try Readiness()
    let first = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = first.port
    let error = LinkError.refused(
        reason: "port \(port): in use by another program",
        hint: "find it with: ss -ltnp 'sport = :\(port)', or choose another port"
    )
    #expect(throws: error) { _ = try TCPListener.listen(address: "127.0.0.1", port: port, on: readiness) }
    _ = consume first
}

@Test func `a caller whose address cannot be told is let go and not kept open for ever`() throws {
    let readiness = try Readiness()
    // The kernel filled in nothing: family 0, which getnameinfo refuses.
    let nameless = SocketAddress { _, length in
        length = 0
        return 0
    }
    for address in [nameless, nil] as [SocketAddress?] {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        defer { close(ends[0]) }
        if let link = try TCPListener.link(to: ends[1], at: address, on: readiness) {
            Issue.record("found \(link.peer), wanted no link")
        }
        // The other end reads the end of the stream: 0, and not "nothing yet".
        var byte: UInt8 = 0
        let count = read(ends[0], &byte, 1)
        #expect(count == 0)
    }
}

@Test(arguments: [("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7", "192.0.2.7"), ("2001:db8::7", "2001:db8::7")])
func `a caller over IPv4 is known by its IPv4 address, at a port of both families too`(
    _ address: String,
    _ known: String
) {
    let found = SocketAddress.look(up: address, port: 6001, flags: AI_NUMERICHOST).first?.numeric
    #expect(found?.host == known && found?.port == 6001)
}

@Test func `only numeric addresses of this machine can be listened on`() throws {
    let readiness = try Readiness()
    let name = LinkError.refused(
        reason: "listen on example.org: not an address",
        hint: "write it in numbers, such as 127.0.0.1 or ::"
    )
    #expect(throws: name) { _ = try TCPListener.listen(address: "example.org", port: 0, on: readiness) }
    // 192.0.2.0/24 is reserved for documentation (RFC 5737): no machine has it.
    let foreign = LinkError.refused(
        reason: "192.0.2.1: not an address of this machine",
        hint: "see them with: ip address"
    )
    #expect(throws: foreign) { _ = try TCPListener.listen(address: "192.0.2.1", port: 0, on: readiness) }
}
