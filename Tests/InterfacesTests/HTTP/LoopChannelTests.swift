import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import Library
import Logging
import NIOCore
import Operations
import Synchronization
import Testing

@testable import Interfaces

@Suite struct LoopChannelTests {
    /// Some routes of the table, answered with whether that is done by the connection's own thread.
    private func application(noting threads: AuditThreads = AuditThreads()) throws -> some ApplicationProtocol {
        let desk = try TestService().desk
        let audit = AuditRoom(store: desk.store, time: desk.time, logger: threads.logger)
        let gatekeeper = Gatekeeper(room: desk.access, door: .loopback(.admin), cookie: SessionCookie(isSecure: false))
        let router = Router(context: WebContext.self)
        router.addMiddleware { AccessMiddleware(gatekeeper: gatekeeper, audit: audit) }
        for path in ["/v1/status", "/health/ready", "/v1/sweeps/:id", "/v1/sweeps/:id/findings"] {
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
        router.post("/v1/gate/mute") { _, context in
            threads.serve(context.channel.eventLoop)
            return "muted"
        }
        return Application(
            router: router,
            server: HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0)) }
        )
    }

    @Test(
        arguments: [
            ("/v1/status", "true"), ("/v1/sweeps/1", "true"), ("/v1/sweeps/1/findings", "false"),
            ("/v1/backup", "false"), ("/health/ready", "false"),
        ]
    )
    func `what is quick is answered by the connection's own thread`(path: String, isThere: String) async throws {
        try await application().test(.live) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .ok)
            #expect(String(buffer: response.body) == isThere)
        }
    }

    @Test func `what was changed is written down by another thread than the connection's`() async throws {
        let threads = AuditThreads()
        try await application(noting: threads).test(.live) { client in
            let response = try await client.execute(uri: "/v1/gate/mute", method: .post)
            #expect(response.status == .ok)
        }
        #expect(threads.areLoops == [false])
    }
}

/// Hears of each entry of the audit log, where it is written, whether that is the connection's own thread.
private final class AuditThreads: Sendable {
    private struct Heard {
        var loop: (any EventLoop)?
        var areLoops: [Bool?] = []
    }

    private let heard = Mutex(Heard())

    var areLoops: [Bool?] { heard.withLock { $0.areLoops } }

    var logger: Logger { Logger(label: "test") { _ in Handler(threads: self) } }

    /// The connection's thread.
    func serve(_ loop: any EventLoop) { heard.withLock { $0.loop = loop } }

    private func note() { heard.withLock { $0.areLoops.append($0.loop?.inEventLoop) } }

    private struct Handler: LogHandler {
        let threads: AuditThreads
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { threads.note() }
    }
}
