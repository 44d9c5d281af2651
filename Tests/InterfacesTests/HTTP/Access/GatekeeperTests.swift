import HTTPTypes
import Hummingbird
import Library
import NIOCore
import NIOEmbedded
import Operations
import Testing

@testable import Interfaces

@Suite struct GatekeeperTests {
    @Test(
        arguments: [
            ("127.0.0.1", true), ("127.1.2.3", true), ("::1", true), ("::ffff:127.0.0.1", true),
            ("192.0.2.7", false), ("10.0.0.127", false), ("2001:db8::1", false), ("fe80::1", false),
            ("::ffff:192.0.2.7", false), ("::", false), ("0.0.0.0", false),
        ]
    )
    func `who comes to another address than the loopback ones has no role without a token`(
        address: String,
        isLocal: Bool
    ) async throws {
        let channel = NIOAsyncTestingChannel()
        channel.localAddress = try SocketAddress(ipAddress: address, port: 7878)
        let gatekeeper = Gatekeeper(
            room: try TestService().desk.access,
            door: .loopback(.admin),
            cookie: SessionCookie(isSecure: false)
        )
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/v1/tokens"),
            body: RequestBody(buffer: ByteBuffer())
        )
        let source = ApplicationRequestContextSource(channel: channel, logger: TestService.logger)
        let caller = try await gatekeeper.caller(of: request, WebContext(source: source))
        #expect(caller.role == (isLocal ? .admin : nil))
        #expect(caller.means == (isLocal ? .loopback : .nobody))
    }
}
