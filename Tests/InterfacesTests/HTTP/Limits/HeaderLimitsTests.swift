import AsyncHTTPClient
import Foundation
import Library
import NIOCore
import NIOHTTP1
import Operations
import Testing

@testable import Interfaces

/// What a caller may send before anything of its request is looked at, over a real line.
@Suite struct HeaderLimitsTests {
    /// The status of the answer to a request with these fields; `nil` where the server was not there.
    private func status(_ fields: [(String, String)]) async throws -> UInt? {
        let service = try TestService()
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(
            desk: service.desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: 0,
            hosts: [],
            loopback: .admin,
            simulation: nil,
            started: { opened.yield($0) },
            logger: TestService.logger
        )
        let running = Task { try await server.run() }
        defer { running.cancel() }
        guard let port = await ports.first(where: { _ in true }) else { return nil }
        return try await HTTPClient.withHTTPClient(configuration: HTTPClient.Configuration()) { client in
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v1/status")
            for (name, value) in fields { request.headers.add(name: name, value: value) }
            return try await client.execute(request, timeout: .seconds(60)).status.code
        }
    }

    @Test func `as many fields as browsers send are taken`() async throws {
        #expect(try await status((0..<40).map { ("X-Field-\($0)", "value") }) == 200)
    }

    @Test func `too many fields are not`() async throws {
        #expect(try await status((0...RequestLimits.headerFields).map { ("X-Field-\($0)", "value") }) == 400)
    }

    @Test func `fields that are too long are not, alone or together`() async throws {
        let long = String(repeating: "a", count: RequestLimits.headers + 1)
        #expect(try await status([("X-Field", long)]) == 400)
        let half = String(repeating: "a", count: RequestLimits.headers / 2)
        #expect(try await status([("X-One", half), ("X-Two", half), ("X-Three", half)]) == 400)
    }
}
