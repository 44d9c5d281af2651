import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Interfaces

/// A router with one route that echoes a barcode list and one that fails.
private func application(hosts: HostPolicy = HostPolicy()) -> some ApplicationProtocol {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    addCommon(to: router, hosts: hosts)
    WebRoutes().add(to: router)
    router.post("/echo") { request, _ in try Response.json(try await request.json([String].self)) }
    router.post("/want") { request, _ in try Response.json(try await request.json(SecurityRequest.self)) }
    router.get("/fail") { _, _ -> Response in throw Unforeseen() }
    router.get("/limit") { request, _ in try Response.json(try request.number("limit", in: 1...100) ?? 50) }
    return Application(router: router)
}

private struct Unforeseen: Error {}

private func send(
    _ method: HTTPRequest.Method,
    _ path: String,
    headers: HTTPFields = [:],
    body: String? = nil
) async throws -> TestResponse {
    try await application().test(.router) { client in
        try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }
}

private func problem(_ response: TestResponse) throws -> Problem {
    #expect(response.headers[.contentType] == "application/problem+json; charset=utf-8")
    return try JSON.decode(from: Data(response.body.readableBytesView))
}

private let json: HTTPFields = [.contentType: "application/json"]

@Suite struct WebRouterTests {
    @Test(arguments: ["/", "/app.js", "/strings.js", "/style.css", "/icon.svg"])
    func `the page and its parts are served under a strict policy`(_ path: String) async throws {
        let response = try await send(.get, path)
        #expect(response.status == .ok)
        #expect(response.body.readableBytes > 0)
        let policy = try #require(HTTPField.Name("Content-Security-Policy"))
        #expect(response.headers[policy]?.hasPrefix("default-src 'none'; script-src 'self'") == true)
        #expect(response.headers[.cacheControl] == "no-cache")
    }

    @Test func `a file the browser has is not sent again`() async throws {
        let tag = try #require(try await send(.get, "/app.js").headers[.eTag])
        let again = try await send(.get, "/app.js", headers: [.ifNoneMatch: "\"other\", \(tag)"])
        #expect(again.status == .notModified)
        #expect(again.body.readableBytes == 0)
        #expect(try await send(.get, "/app.js", headers: [.ifNoneMatch: "\"other\""]).status == .ok)
    }

    @Test func `a file's head is told without its body`() async throws {
        let response = try await send(.head, "/app.js")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/javascript; charset=utf-8")
        #expect(response.body.readableBytes == 0)
    }

    @Test(arguments: ["/nothing", "/v1/nothing", "/../etc/passwd", "/index.html/.."])
    func `what is not there is a problem with a name`(_ path: String) async throws {
        let response = try await send(.get, path)
        #expect(response.status == .notFound)
        #expect(try problem(response).type == "not-found")
        #expect(try problem(response).hint == "GET /v1/openapi.json has every route and what it takes")
    }

    @Test func `answers of the API are kept by no browser`() async throws {
        let response = try await send(.post, "/echo", headers: json, body: "[\"3012\"]")
        #expect(String(buffer: response.body) == "[\"3012\"]")
        #expect(response.headers[.cacheControl] == "no-store")
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
    func `a body that a foreign form could send is refused`(_ type: String?) async throws {
        let headers: HTTPFields = type.map { [.contentType: $0] } ?? [:]
        let response = try await send(.post, "/echo", headers: headers, body: "[]")
        #expect(response.status == .unsupportedMediaType)
        #expect(try problem(response).type == "unsupported-media-type")
        #expect(try problem(response).hint == "send the body as JSON and say so in Content-Type")
    }

    @Test func `a body over the limit is refused`() async throws {
        let long = "[\"" + String(repeating: "1", count: RequestLimits.json) + "\"]"
        let response = try await send(.post, "/echo", headers: json, body: long)
        #expect(response.status == .contentTooLarge)
        #expect(try problem(response).type == "too-large")
        #expect(try problem(response).hint == "send less at once; docs/api.md has the limits")
    }

    @Test(arguments: [
        (#"{"barcode":"1"}"#, "want: found nothing, wanted a value"),
        (#"{"barcode":1,"want":"released"}"#, "barcode: found another kind of value, wanted string"),
        (#"{"barcode":"1","want":null}"#, "want: found null"),
    ])
    func `a wrong field is named`(_ body: String, _ detail: String) async throws {
        let response = try await send(.post, "/want", headers: json, body: body)
        #expect(response.status == .badRequest)
        #expect(try problem(response).detail.hasPrefix(detail))
    }

    @Test(arguments: ["", "{", "[1", "\u{0}"])
    func `broken JSON is refused`(_ body: String) async throws {
        let response = try await send(.post, "/want", headers: json, body: body)
        #expect(response.status == .badRequest)
        #expect(try problem(response).type == "invalid-request")
    }

    @Test(arguments: ["0", "101", "x", "99999999999999999999", "-1", ""])
    func `a number out of range is refused`(_ text: String) async throws {
        let response = try await send(.get, "/limit?limit=\(text)")
        #expect(try problem(response).detail == "limit: found '\(text)', wanted 1 to 100")
    }

    @Test func `an unforeseen error tells nothing of the inside`() async throws {
        let response = try await send(.get, "/fail")
        #expect(response.status == .internalServerError)
        #expect(try problem(response).detail == "the daemon could not do this")
    }

    @Test func `another site's page cannot order anything`() async throws {
        let headers: HTTPFields = [.contentType: "application/json", .origin: "http://evil.example"]
        let response = try await send(.post, "/echo", headers: headers, body: "[]")
        #expect(response.status == .forbidden)
        #expect(try problem(response).type == "cross-site")
    }
}
