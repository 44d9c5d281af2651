import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Operations
import Testing

@testable import Interfaces

/// Requests to a service with tokens, as programs and browsers send them.
@Suite struct AccessTests {
    private let service: TestService

    init() throws {
        var service = try TestService()
        service.loopback = nil
        self.service = service
    }

    private func token(_ role: AccessRole, at scope: AccessScope = .everywhere) throws -> String {
        let name = "\(role.rawValue)-\(scope.readers.count)-\(scope.gates.count)"
        return try #require(try service.desk.access.create(name, role: role, scope: scope, for: nil)).secret
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        _ fields: [String: String] = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = body == nil ? [:] : [.contentType: "application/json"]
        if let token { headers[.authorization] = "Bearer \(token)" }
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return try await service.send(method, path, headers: headers, bytes: body.map { ByteBuffer(string: $0) })
    }

    private func problem(_ response: TestResponse) throws -> String {
        try response.value(Problem.self).type
    }

    @Test func `every route but the open ones wants a token`() async throws {
        for rule in RouteTable.rules where rule.roles != nil {
            let path = rule.path.replacing("{name}", with: "pad-1").replacing("{id}", with: "1")
                .replacing("{number}", with: "1").replacing("{barcode}", with: "3011")
            let response = try await send(rule.method, path, body: rule.method == .post ? "{}" : nil)
            #expect(response.status == .unauthorized, "\(rule.method) \(rule.path)")
            #expect(try problem(response) == "sign-in-needed")
            #expect(response.headers[.wwwAuthenticate] == "Bearer realm=\"pressmark\"")
        }
    }

    @Test func `every role may do what the table says, and is told what it lacks`() async throws {
        let tokens = try Dictionary(uniqueKeysWithValues: AccessRole.allCases.map { ($0, try token($0)) })
        for rule in RouteTable.rules where rule.path != "/v1/events" && rule.path != "/v1/backup" {
            guard let roles = rule.roles else { continue }
            let path = rule.path.replacing("{name}", with: "nobody").replacing("{id}", with: "77")
                .replacing("{number}", with: "77").replacing("{barcode}", with: "none")
            for role in AccessRole.allCases where !roles.contains(role) {
                let response = try await send(rule.method, path, token: tokens[role], body: "[]")
                #expect(response.status == .forbidden, "\(role) \(rule.method) \(rule.path)")
                let problem = try response.value(Problem.self)
                #expect(problem.detail.hasPrefix("role: found \(role.rawValue), wanted "))
                // Members of the group pressmark have no token: for them it is sudo.
                #expect(problem.hint?.contains("sudo") == true)
            }
            // Whatever comes of a wrong request, it is not for want of a role.
            if rule.method == .get, let role = AccessRole.allCases.first(where: roles.contains) {
                let response = try await send(rule.method, path, token: tokens[role])
                #expect(![.unauthorized, .forbidden].contains(response.status), "\(role) \(rule.path)")
            }
        }
    }

    @Test func `a wrong, a revoked and a torn token open nothing`() async throws {
        let good = try token(.admin)
        #expect(try await send(.get, "/v1/status", token: good).status == .ok)
        #expect(try problem(try await send(.get, "/v1/status", token: "pressmark_guess")) == "wrong-token")
        let basic = try await send(.get, "/v1/status", ["Authorization": "Basic dTpw"])
        #expect(basic.status == .badRequest)
        #expect(try await send(.get, "/v1/status", ["Authorization": "Bearer"]).status == .badRequest)
        #expect(try await send(.delete, "/v1/tokens/admin-0-0", token: good).status == .ok)
        #expect(try problem(try await send(.get, "/v1/status", token: good)) == "wrong-token")
    }

    @Test func `who guesses has to wait, and is told how long`() async throws {
        for _ in 0..<Lockout.limit { _ = try await send(.get, "/v1/status", token: "guess") }
        let response = try await send(.get, "/v1/status", token: "guess")
        #expect(response.status == .tooManyRequests)
        #expect(try problem(response) == "locked-out")
        #expect(response.headers[.retryAfter] == "30")
        let signIn = try await send(.post, "/v1/session", body: #"{"token":"guess"}"#)
        #expect(signIn.status == .tooManyRequests)
    }

    @Test func `a token for one reader reaches no other`() async throws {
        let scoped = try token(.admin, at: AccessScope(readers: ["pad-2"]))
        let tags = try await send(.get, "/v1/readers/pad-1/tags", token: scoped)
        #expect(try problem(tags) == "out-of-scope")
        let change = #"{"barcode":"3011","want":"released"}"#
        let security = try await send(.post, "/v1/readers/pad-1/security", token: scoped, body: change)
        #expect(try problem(security) == "out-of-scope")
        // %70 is p: a path is compared as it is meant, not as it is written.
        let encoded = try await send(.get, "/v1/readers/%70ad-1/tags", token: scoped)
        #expect(try problem(encoded) == "out-of-scope")
        for path in ["/v1/backup", "/v1/tokens"] {
            #expect(try problem(try await send(.get, path, token: scoped)) == "out-of-scope", "\(path)")
        }
        let known = try await send(.get, "/v1/readers/pad-2/tags", token: scoped)
        #expect(known.status == .notFound)
    }

    @Test(arguments: [
        (#"{"gate":"gate-2","minutes":5}"#, "out-of-scope"), (#"{"minutes":5}"#, "out-of-scope"),
        (#"{"gate":"gate-1","gate":"gate-2","minutes":5}"#, "out-of-scope"),
        (#"{"gate":"gate-1","minutes":5}"#, "no-outputs"), ("{", "invalid-request"), ("[]", "invalid-request"),
        (#"{"reader":"gate-1","minutes":5}"#, "out-of-scope"),
        (#"{"readers":["gate-1"],"minutes":5}"#, "out-of-scope"),
    ])
    func `a token for one gate mutes no other and not all`(_ body: String, _ wanted: String) async throws {
        let scoped = try token(.desk, at: AccessScope(gates: ["gate-1"]))
        let response = try await send(.post, "/v1/gate/mute", token: scoped, body: body)
        // Of two values the decoder takes one, here and in the route; which one is its affair.
        if body.contains("gate-1\",\"gate\"") {
            #expect(["out-of-scope", "no-outputs"].contains(try problem(response)))
        } else {
            #expect(try problem(response) == wanted)
        }
    }

    @Test func `a token for one reader ends no sweep of others and changes no holdings`() async throws {
        let scoped = try token(.technician, at: AccessScope(readers: ["pad-2"]))
        let whole = try token(.technician)
        for body in ["{}", #"{"readers":["pad-1"],"from":"QA 77","to":"QA 78"}"#] {
            #expect(try await send(.post, "/v1/sweeps", token: whole, body: body).status == .created)
        }
        for sweep in 1...2 {
            let path = "/v1/sweeps/\(sweep)/finish"
            #expect(try problem(try await send(.post, path, token: scoped)) == "out-of-scope")
            #expect(try await send(.post, path, token: whole).status == .ok)
        }
        let holdings = RouteTable.rules.filter { $0.path.hasPrefix("/v1/holdings/") && $0.changes }
        #expect(holdings.count == 5)
        for rule in holdings {
            let path = rule.path.replacing("{number}", with: "1")
            #expect(try problem(try await send(rule.method, path, token: scoped)) == "out-of-scope", "\(rule.path)")
        }
        #expect(try await send(.get, "/v1/holdings", token: scoped).value(SnapshotSummary.self).items == 5)
    }

    @Test(arguments: [
        ("POST", "/v1/lists", #"{"name":"other","purpose":"holds","barcodes":["3012"]}"#),
        ("DELETE", "/v1/lists/holds", ""), ("POST", "/v1/find/3011", ""), ("DELETE", "/v1/find", ""),
        ("POST", "/v1/status-changes", #"[{"barcode":"3011","status":"onLoan"}]"#),
        ("POST", "/v1/ils/returns/1/settled", ""),
    ])
    func `a token for one reader orders nothing that concerns every reader`(
        _ method: String,
        _ path: String,
        _ body: String
    ) async throws {
        let (scoped, whole) = (try token(.admin, at: AccessScope(readers: ["pad-1"])), try token(.admin))
        let list = #"{"name":"holds","purpose":"holds","barcodes":["3011"]}"#
        #expect(try await send(.post, "/v1/lists", token: whole, body: list).status == .created)
        let order = try #require(HTTPRequest.Method(method))
        let response = try await send(order, path, token: scoped, body: body.isEmpty ? nil : body)
        #expect(try problem(response) == "out-of-scope")
        // Overviews show all the same.
        #expect(try await send(.get, "/v1/lists", token: scoped).value([ItemList].self).map(\.name) == ["holds"])
    }

    @Test(arguments: ["sightings", "moves/3011", "write-backs", "write-backs/live"])
    func `a token for one reader changes no sweep of others`(_ what: String) async throws {
        let scoped = try token(.technician, at: AccessScope(readers: ["pad-2"]))
        let whole = try token(.technician)
        for body in ["{}", #"{"readers":["pad-1"],"from":"QA 77","to":"QA 78"}"#] {
            #expect(try await send(.post, "/v1/sweeps", token: whole, body: body).status == .created)
        }
        for sweep in 1...2 {
            let path = "/v1/sweeps/\(sweep)/\(what)"
            #expect(try problem(try await send(.post, path, token: scoped, body: "{}")) == "out-of-scope", "\(path)")
        }
        let absent = try await send(.post, "/v1/sweeps/3/\(what)", token: scoped, body: "{}")
        #expect(absent.status == .notFound)
        let own = try token(.admin, at: AccessScope(readers: ["pad-1"]))
        let response = try await send(.post, "/v1/sweeps/2/\(what)", token: own, body: "{}")
        #expect(response.status != .forbidden)
    }

    @Test(arguments: [
        ("/v1/security/repair", #"{"gate":"pad-2"}"#), ("/v1/security/repair", #"{"readers":["pad-2"]}"#),
        ("/v1/sweeps", #"{"gate":"pad-2"}"#), ("/v1/sweeps", #"{"reader":"pad-2"}"#),
        ("/v1/sweeps", #"{"reader":"pad-2","readers":["pad-1"]}"#), ("/v1/sweeps", #"{"readers":[]}"#),
    ])
    func `a place under a word that the route does not read lets nobody in`(_ path: String, _ body: String) async throws
    {
        let scoped = try token(.technician, at: AccessScope(readers: ["pad-2"]))
        #expect(try problem(try await send(.post, path, token: scoped, body: body)) == "out-of-scope")
    }

    @Test func `a browser signs in, is known by its cookie, and signs out`() async throws {
        let secret = try token(.desk)
        let nobody = try await send(.get, "/v1/session").value(SessionState.self)
        #expect(nobody.role == nil && nobody.means == .nobody)
        let signedIn = try await send(.post, "/v1/session", body: "{\"token\":\"\(secret)\"}")
        #expect(try signedIn.value(SessionState.self).role == .desk)
        let cookie = try #require(signedIn.headers[.setCookie])
        #expect(cookie.hasPrefix("pressmark="))
        for word in ["; Path=/", "; HttpOnly", "; SameSite=Strict"] { #expect(cookie.contains(word)) }
        #expect(!cookie.contains(secret))
        let pair = String(cookie.prefix { $0 != ";" })
        let known = try await send(.get, "/v1/session", ["Cookie": "other=1; \(pair)"])
        #expect(try known.value(SessionState.self).means == .session)
        let out = try await send(.delete, "/v1/session", ["Cookie": pair, "Pressmark-Page": "1"])
        #expect(out.headers[.setCookie]?.hasPrefix("pressmark=; ") == true)
        #expect(try await send(.get, "/v1/status", ["Cookie": pair]).status == .unauthorized)
    }

    @Test func `a session's orders need what only our own page sends`() async throws {
        let secret = try token(.desk)
        let signedIn = try await send(.post, "/v1/session", body: "{\"token\":\"\(secret)\"}")
        let pair = String(try #require(signedIn.headers[.setCookie]).prefix { $0 != ";" })
        let forged = try await send(.post, "/v1/ils/ping", ["Cookie": pair])
        #expect(forged.status == .forbidden)
        #expect(try problem(forged) == "cross-site")
        let own = try await send(.post, "/v1/ils/ping", ["Cookie": pair, "Pressmark-Page": "1"])
        #expect(own.status != .forbidden)
        let foreign = try await send(
            .post,
            "/v1/ils/ping",
            ["Cookie": pair, "Pressmark-Page": "1", "Origin": "http://evil.example"]
        )
        #expect(foreign.status == .forbidden)
        // A program with a token is no browser.
        #expect(try await send(.post, "/v1/ils/ping", token: secret).status != .forbidden)
    }

    @Test func `another site's page gets nothing out of a browser on this machine`() async throws {
        var open = service
        open.loopback = .admin
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let mode = try #require(HTTPField.Name("Sec-Fetch-Mode"))
        let destination = try #require(HTTPField.Name("Sec-Fetch-Dest"))
        func status(_ headers: HTTPFields, _ path: String = "/v1/status") async throws -> HTTPResponse.Status {
            try await open.send(.get, path, headers: headers, bytes: nil).status
        }
        for other in ["cross-site", "same-site"] {
            #expect(try await status([site: other, mode: "no-cors"]) == .forbidden)
            #expect(try await status([site: other, mode: "navigate"]) == .ok)
            #expect(try await status([site: other, mode: "navigate", destination: "document"]) == .ok)
            #expect(try await status([site: other, mode: "navigate", destination: "iframe"]) == .forbidden)
            // What concerns everything nobody comes to by a link.
            #expect(try await status([site: other, mode: "navigate"], "/v1/tokens") == .forbidden)
        }
        #expect(try await status([site: "none", mode: "navigate"], "/v1/tokens") == .ok)
        #expect(try await status([site: "same-origin", mode: "cors"]) == .ok)
        #expect(try await status([:]) == .ok)
    }

    @Test(arguments: [
        "Forwarded", "X-Forwarded-For", "Via", "X-Real-IP", "x-forwarded-proto", "X-Forwarded-Host", "X-Client-IP",
    ])
    func `what a proxy brings is not from this machine`(_ name: String) async throws {
        var open = service
        open.loopback = .admin
        let field = try #require(HTTPField.Name(name))
        #expect(try await open.send(.get, "/v1/status", headers: [:], bytes: nil).status == .ok)
        let response = try await open.send(.get, "/v1/status", headers: [field: "192.0.2.7"], bytes: nil)
        #expect(response.status == .unauthorized)
    }

    @Test func `no answer lets another site's page read it`() async throws {
        let admin = try token(.admin)
        for method in [HTTPRequest.Method.get, .options] {
            let response = try await send(method, "/v1/status", token: admin, ["Origin": "http://evil.example"])
            let names = response.headers.map { $0.name.rawName.lowercased() }
            #expect(!names.contains { $0.hasPrefix("access-control-") })
        }
    }

    @Test func `a token is made once, listed without what opens it, and revoked`() async throws {
        let admin = try token(.admin)
        let wanted = #"{"name":"kiosk-1","role":"kiosk","readers":["pad-1"],"days":30}"#
        let response = try await send(.post, "/v1/tokens", token: admin, body: wanted)
        #expect(response.status == .created)
        let made = try response.value(TokenCreated.self)
        #expect(made.token.readers == ["pad-1"] && made.token.gates == [])
        #expect(made.token.expiresAt == made.token.createdAt.addingTimeInterval(30 * 86_400))
        #expect(try await send(.get, "/v1/status", token: made.secret).status == .ok)
        let list = try await send(.get, "/v1/tokens", token: admin)
        #expect(!String(buffer: list.body).contains(made.secret))
        #expect(try list.value([TokenView].self).map(\.name) == ["admin-0-0", "kiosk-1"])
        #expect(try problem(try await send(.post, "/v1/tokens", token: admin, body: wanted)) == "name-taken")
        #expect(try await send(.delete, "/v1/tokens/kiosk-1", token: admin).value(TokenView.self).revokedAt != nil)
        #expect(try await send(.get, "/v1/status", token: made.secret).status == .unauthorized)
        #expect(try await send(.delete, "/v1/tokens/kiosk-1", token: admin).status == .notFound)
    }

    @Test(arguments: [
        #"{"name":"kiosk-1","role":"kiosk"}"#, #"{"name":"kiosk-1","role":"kiosk","readers":[]}"#,
    ])
    func `a kiosk's token is for its pad, and says how one is made`(_ body: String) async throws {
        let admin = try token(.admin)
        let response = try await send(.post, "/v1/tokens", token: admin, body: body)
        #expect(response.status == .badRequest)
        let problem = try response.value(Problem.self)
        #expect(problem.detail == "readers: found none, wanted the pad at which the kiosk stands")
        #expect(problem.hint?.contains("--role kiosk --reader") == true)
        #expect(try service.desk.access.tokens().map(\.name) == ["admin-0-0"])
    }

    @Test(arguments: [
        #"{"name":"","role":"desk"}"#, #"{"name":"a b","role":"desk"}"#, #"{"name":"x","role":"king"}"#,
        #"{"name":"x","role":"desk","days":0}"#, #"{"name":"x","role":"desk","readers":["pad-9"]}"#,
        #"{"name":"x","role":"desk","gates":["pad-1"]}"#, #"{"role":"desk"}"#,
    ])
    func `a token that makes no sense is not made`(_ body: String) async throws {
        let response = try await send(.post, "/v1/tokens", token: try token(.admin), body: body)
        #expect(response.status == .badRequest)
    }
}
