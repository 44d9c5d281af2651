import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Testing

@testable import Interfaces

@Suite struct LoopChannelTests {
    /// Some routes of the table, answered with whether that is done by the connection's own thread.
    private func application() throws -> some ApplicationProtocol {
        let desk = try TestService().desk
        let gatekeeper = Gatekeeper(room: desk.access, door: .loopback(.admin), cookie: SessionCookie(isSecure: false))
        let router = Router(context: WebContext.self)
        router.addMiddleware { AccessMiddleware(gatekeeper: gatekeeper, audit: desk.audit) }
        for path in ["/v1/status", "/v1/sweeps/:id", "/v1/sweeps/:id/findings"] {
            router.get(RouterPath(path)) { _, context in
                // Wherever it waits it comes back to.
                await Task.yield()
                return "\(context.channel.eventLoop.inEventLoop)"
            }
        }
        router.get("/v1/backup") { _, context in
            Response(
                status: .ok,
                body: .apart { writer in
                    await Task.yield()
                    try await writer.write(ByteBuffer(string: "\(context.channel.eventLoop.inEventLoop)"))
                    try await writer.finish(nil)
                }
            )
        }
        return Application(
            router: router,
            server: HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0)) }
        )
    }

    @Test(
        arguments: [
            ("/v1/status", "true"), ("/v1/sweeps/1", "false"), ("/v1/sweeps/1/findings", "false"), ("/v1/backup", "false"),
        ]
    )
    func `what is quick is answered by the connection's own thread`(path: String, isThere: String) async throws {
        try await application().test(.live) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .ok)
            #expect(String(buffer: response.body) == isThere)
        }
    }
}
