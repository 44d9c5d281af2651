import API
import HTTPTypes
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Testing

@testable import Interfaces

@Suite struct AuditTests {
    private let service: TestService

    init() throws {
        var service = try TestService()
        service.loopback = .viewer
        self.service = service
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ role: AccessRole,
        _ body: String? = nil
    ) async throws -> TestResponse {
        let made = try service.desk.access.create("\(role)", role: role, scope: .everywhere, for: nil)
        secrets[role] = made?.secret ?? secrets[role]
        var headers: HTTPFields = body == nil ? [:] : [.contentType: "application/json"]
        headers[.authorization] = "Bearer \(secrets[role] ?? "")"
        return try await service.send(method, path, headers: headers, bytes: body.map { ByteBuffer(string: $0) })
    }

    private let secrets = Secrets()

    /// What opened the tokens made so far.
    private final class Secrets: @unchecked Sendable {
        private var known: [AccessRole: String] = [:]
        subscript(role: AccessRole) -> String? {
            get { known[role] }
            set { known[role] = newValue }
        }
    }

    private func lines() async throws -> [String] {
        let notes = try await send(.get, "/v1/audit?limit=100", .admin).value([AuditNote].self)
        return notes.reversed().map { "\($0.who) \($0.role) \($0.means): \($0.action), \($0.target) = \($0.result)" }
    }

    @Test func `what was changed, refused or done wrong is written down, what was read is not`() async throws {
        _ = try await send(.get, "/v1/status", .desk)
        _ = try await send(.post, "/v1/lists", .desk, #"{"name":"holds","purpose":"holds","barcodes":["3011"]}"#)
        _ = try await send(.post, "/v1/lists", .desk, "{}")
        _ = try await send(.post, "/v1/restore", .desk)
        _ = try await send(.delete, "/v1/lists/holds", .desk)
        _ = try await send(.post, "/v1/gate/replay", .admin, "{}")
        _ = try await service.send(.post, "/v1/lists", headers: [:], bytes: nil)
        #expect(
            try await lines() == [
                "desk desk token: POST /v1/lists, /v1/lists = 201",
                "desk desk token: POST /v1/lists, /v1/lists = 400",
                "desk desk token: POST /v1/restore, /v1/restore = 403",
                "desk desk token: DELETE /v1/lists/{name}, /v1/lists/holds = 200",
                "loopback viewer loopback: POST /v1/lists, /v1/lists = 403",
            ]
        )
    }

    @Test func `signing in and out is written down, and so is who could not`() async throws {
        let secret = try #require(
            try service.desk.access.create("desk-1", role: .desk, scope: .everywhere, for: nil)
        ).secret
        func signIn(_ token: String) async throws -> TestResponse {
            try await service.send(
                .post,
                "/v1/session",
                headers: [.contentType: "application/json"],
                bytes: ByteBuffer(string: "{\"token\":\"\(token)\"}")
            )
        }
        #expect(try await signIn("guess").status == .unauthorized)
        let cookie = try #require(try await signIn(secret).headers[.setCookie]).prefix { $0 != ";" }
        let page = try #require(HTTPField.Name("Pressmark-Page"))
        // Twice, and then with one that nobody was ever given.
        for sent in [String(cookie), String(cookie), "pressmark=made-up"] {
            _ = try await service.send(.delete, "/v1/session", headers: [.cookie: sent, page: "1"], bytes: nil)
        }
        #expect(
            try await lines() == [
                "nobody  session: POST /v1/session, /v1/session = 401",
                "desk-1 desk session: POST /v1/session, /v1/session = 200",
                "desk-1 desk session: DELETE /v1/session, /v1/session = 204",
            ]
        )
    }

    @Test func `nothing of a borrower gets into the log`() async throws {
        let body = #"{"barcode":"3011","patron":"P4711","password":"hunter2"}"#
        _ = try await send(.post, "/v1/readers/pad-1/checkout", .desk, body)
        let log = String(buffer: try await send(.get, "/v1/audit", .admin).body)
        #expect(log.contains("checkout"))
        #expect(!log.contains("P4711") && !log.contains("hunter2"))
    }

    @Test func `the log is gone through on request, against what was noted`() async throws {
        _ = try await send(.post, "/v1/lists", .desk, "{}")
        let whole = try await send(.get, "/v1/audit/verification", .admin).value(AuditVerification.self)
        #expect(whole.isWhole && whole.entries == 1 && whole.last == 1)
        let path = "/v1/audit/verification?id=1&chain="
        #expect(try await send(.get, path + whole.chain, .admin).value(AuditVerification.self).isWhole)
        let other = String(repeating: "0", count: 64)
        #expect(try await send(.get, path + other, .admin).value(AuditVerification.self).isWhole == false)
        #expect(try await send(.get, path + "12", .admin).status == .badRequest)
        #expect(try await send(.get, "/v1/audit/verification?id=1", .admin).status == .badRequest)
    }
}
