import AsyncHTTPClient
import Foundation
import HummingbirdCore
import NIOCore
import NIOHTTP1
import Operations
import Testing

@testable import Interfaces

@Suite struct DialectServerTests {
    @Test func `a page is held to the pace and the limits of every other caller`() async throws {
        #expect(HTTP1Channel.Configuration.bounded.additionalChannelHandlers().contains { $0 is BodyPace })
        let desk = try TestService().desk
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let server = DialectServer(
            CircITDialect.self,
            at: DialectPlace(desk: desk.workstations, reader: "pad-1"),
            port: 0,
            addresses: ["127.0.0.1"],
            policy: DialectGuard(),
            audit: desk.audit,
            started: { _, port in opened.yield(port) },
            logger: TestService.logger
        )
        let running = Task { try await server.run() }
        defer { running.cancel() }
        let port = try #require(await ports.first { _ in true })
        let statuses = try await HTTPClient.withHTTPClient(configuration: HTTPClient.Configuration()) { client in
            var statuses: [UInt] = []
            // The server's own limit without ours would be a thousand.
            for count in [40, RequestLimits.headerFields + 1] {
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/nothing")
                for number in 0..<count { request.headers.add(name: "X-Field-\(number)", value: "value") }
                statuses.append(try await client.execute(request, timeout: .seconds(60)).status.code)
            }
            return statuses
        }
        #expect(statuses == [404, 400])
    }
}
