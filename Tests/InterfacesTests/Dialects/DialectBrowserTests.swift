import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import NIOCore
import NIOHTTP1
import Operations
import Testing

@testable import Interfaces

/// What browsers ask of a dialect's service before they let a page speak to it.
@Suite(.timeLimit(.minutes(10))) struct DialectBrowserTests {
    private static let change = "/TagService/Web//SetTagSecurity"
    /// As a browser asks before a change from a page on the internet (WICG Private Network Access).
    private static let question: HTTPFields = {
        var question: HTTPFields = [
            .accessControlRequestMethod: "POST", .accessControlRequestHeaders: "content-type",
        ]
        if let name = HTTPField.Name("Access-Control-Request-Private-Network") { question[name] = "true" }
        return question
    }()

    private static func allowsPrivate(_ headers: HTTPFields) -> Bool {
        HTTPField.Name("Access-Control-Allow-Private-Network").map { headers[$0] == "true" } ?? false
    }

    @Test func `a page of the list may reach this machine, and only when its browser asks for that`() async throws {
        try await TestWorkstation().serving(BibliothecaDialect.self) { caller in
            var headers = Self.question
            headers[.origin] = TestWorkstation.page
            let allowed = try await caller.client.execute(
                uri: Self.change,
                method: .options,
                headers: headers,
                body: nil
            )
            #expect(allowed.status == .noContent && Self.allowsPrivate(allowed.headers))
            #expect(allowed.headers[.accessControlAllowOrigin] == TestWorkstation.page)
            #expect(allowed.headers[.vary] == "Origin")
            // What the emulator of MK's service allows (koha-plugin-rfid, emulators/mksolutions_emulator.pl).
            #expect(allowed.headers[.accessControlAllowHeaders] == "Content-Type, X-Requested-With")
            if let name = HTTPField.Name("Access-Control-Request-Private-Network") { headers[name] = nil }
            let plain = try await caller.client.execute(uri: Self.change, method: .options, headers: headers, body: nil)
            #expect(plain.status == .noContent && !Self.allowsPrivate(plain.headers))
        }
    }

    @Test(arguments: ["https://evil.example", "http://koha-staff.example.org", "null"])
    func `a page that stands in no list is let to nothing by its browser`(_ origin: String) async throws {
        try await TestWorkstation().serving(BibliothecaDialect.self) { caller in
            var headers = Self.question
            headers[.origin] = origin
            let refused = try await caller.client.execute(
                uri: Self.change,
                method: .options,
                headers: headers,
                body: nil
            )
            #expect(refused.status == .forbidden && !Self.allowsPrivate(refused.headers))
            #expect(refused.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func `a body longer than any order is refused where the page looks for errors`() async throws {
        try await TestWorkstation().serving(BibliothecaDialect.self) { caller in
            let body = "{\"tagId\":\"" + String(repeating: "E", count: 64 << 10) + "\",\"isSecured\":true}"
            let reply = try await caller.send(.post, Self.change, type: "application/json", body: body)
            #expect(reply.status == 413)
            #expect(reply.text.contains("ErrorMessage"))
        }
    }

    /// Chromium takes `localhost` for ::1 first, older ones for 127.0.0.1.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/net/if_inet6"), "this machine has no IPv6"))
    func `a dialect listens on both loopback addresses`() async throws {
        let desk = try await TestWorkstation().desk
        let (places, opened) = AsyncStream.makeStream(of: Place.self)
        let server = DialectServer(
            BibliothecaDialect.self,
            at: DialectPlace(desk: desk.workstations, reader: "pad-1"),
            port: 0,
            policy: DialectGuard(origins: [TestWorkstation.page]),
            audit: desk.audit,
            started: { opened.yield(Place(address: $0, port: $1)) },
            logger: TestService.logger
        )
        let running = Task { try await server.run() }
        defer { running.cancel() }
        var found: [String] = []
        for await place in places.prefix(2) {
            found.append(place.address)
            let host = place.address.contains(":") ? "[\(place.address)]" : place.address
            let status = try await HTTPClient.withHTTPClient(configuration: HTTPClient.Configuration()) { client in
                let request = HTTPClientRequest(url: "http://\(host):\(place.port)/TagService/Web/IsConnected")
                return try await client.execute(request, timeout: .seconds(60)).status.code
            }
            #expect(status == 200)
        }
        #expect(found.sorted() == ["127.0.0.1", "::1"])
    }

    private struct Place: Sendable {
        var address: String
        var port: Int
    }
}
