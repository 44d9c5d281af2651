import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Testing

@testable import Interfaces

@Suite struct AnswerBookTests {
    private let book = AnswerBook()
    private let answer = AnswerBook.Answer(status: .ok, headers: [:], body: ByteBuffer(string: "done"))

    @Test func `a request is carried out once, and its answer told again`() async {
        #expect(await book.begin("a", [1], at: .zero) == .nothing)
        #expect(await book.begin("a", [1], at: .zero) == .running)
        #expect(await book.begin("a", [2], at: .zero) == .other)
        await book.keep(answer, under: "a", at: .zero)
        #expect(await book.begin("a", [1], at: .zero) == .answer(answer))
        #expect(await book.begin("a", [2], at: .zero) == .other)
        #expect(await book.begin("b", [1], at: .zero) == .nothing)
    }

    @Test func `what came to nothing may be tried again`() async {
        _ = await book.begin("a", [1], at: .zero)
        await book.forget("a")
        #expect(await book.begin("a", [1], at: .zero) == .nothing)
    }

    @Test func `an answer is kept for an hour, and what is running for as long as it runs`() async {
        _ = await book.begin("done", [1], at: .zero)
        await book.keep(answer, under: "done", at: .zero)
        _ = await book.begin("running", [1], at: .zero)
        #expect(await book.begin("done", [1], at: AnswerBook.lifetime) == .answer(answer))
        let later = AnswerBook.lifetime + .seconds(1)
        #expect(await book.begin("done", [1], at: later) == .nothing)
        #expect(await book.begin("running", [1], at: later) == .running)
    }

    @Test func `whoever sends much pushes nobody else's answer out`() async {
        _ = await book.begin("mine", of: "desk-1", [1], at: .zero)
        await book.keep(answer, under: "mine", at: .zero)
        for number in 1...(AnswerBook.mostAnswers * 2) {
            _ = await book.begin("\(number)", of: "desk-2", [1], at: .milliseconds(number))
            await book.keep(answer, under: "\(number)", at: .milliseconds(number))
        }
        let large = AnswerBook.Answer(
            status: .ok,
            headers: [:],
            body: ByteBuffer(repeating: 0, count: AnswerBook.mostBytes / 2)
        )
        for key in ["x", "y", "z"] {
            _ = await book.begin(key, of: "desk-3", [1], at: .seconds(10))
            await book.keep(large, under: key, at: .seconds(10))
        }
        #expect(await book.begin("mine", of: "desk-1", [1], at: .seconds(10)) == .answer(answer))
    }

    @Test func `it holds so many answers and so many bytes`() async {
        for number in 0..<(AnswerBook.mostAnswers + 20) {
            _ = await book.begin("\(number)", [1], at: .milliseconds(number))
            await book.keep(answer, under: "\(number)", at: .milliseconds(number))
        }
        #expect(await book.count == AnswerBook.mostAnswers)
        let now = Duration.seconds(10)
        let large = AnswerBook.Answer(
            status: .ok,
            headers: [:],
            body: ByteBuffer(repeating: 0, count: AnswerBook.mostBytes / 2)
        )
        for key in ["x", "y", "z"] {
            _ = await book.begin(key, [1], at: now)
            await book.keep(large, under: key, at: now + .seconds(key == "x" ? 0 : 1))
        }
        #expect(await book.count == 2)
        #expect(await book.begin("x", [1], at: now) == .nothing)
    }
}

@Suite struct RepeatTests {
    private let service: TestService
    private let key: HTTPField.Name

    init() throws {
        service = try TestService()
        key = try #require(HTTPField.Name("Idempotency-Key"))
    }

    private struct Made: Sendable {
        var status: Int
        var body: String
        var isReplayed: Bool
    }

    /// Sends requests to one server, as one client would.
    private func send(_ requests: [(key: String, path: String, body: String)]) async throws -> [Made] {
        let replayed = try #require(HTTPField.Name("Idempotency-Replayed"))
        return try await service.server.application(startedAt: TestService.start).test(.router) { client in
            var made: [Made] = []
            for request in requests {
                let response = try await client.execute(
                    uri: request.path,
                    method: .post,
                    headers: [.contentType: "application/json", key: request.key],
                    body: ByteBuffer(string: request.body)
                )
                made.append(
                    Made(
                        status: response.status.code,
                        body: String(buffer: response.body),
                        isReplayed: response.headers[replayed] == "true"
                    )
                )
            }
            return made
        }
    }

    private static func token(_ name: String) -> String { "{\"name\":\"\(name)\",\"role\":\"desk\"}" }

    @Test func `sent twice, a token is made once and told twice`() async throws {
        let body = Self.token("desk-1")
        let made = try await send([("k1", "/v1/tokens", body), ("\"k1\"", "/v1/tokens", body)])
        try #require(made.map(\.status) == [201, 201])
        #expect(made[0].body == made[1].body)
        #expect(made.map(\.isReplayed) == [false, true])
        #expect(try service.desk.access.tokens().count == 1)
    }

    @Test func `sent twice, a change is written down once`() async throws {
        let body = Self.token("desk-1")
        _ = try await send([
            ("k1", "/v1/tokens", body), ("k1", "/v1/tokens", body), ("k2", "/v1/tokens", "{}"),
            ("k2", "/v1/tokens", "{}"), ("k1", "/v1/tokens", "{}"),
        ])
        // The last is another request under a key that is taken: nobody has been told of it yet.
        #expect(try service.desk.audit.entries(after: 0, limit: 10).map(\.result) == [201, 400, 422])
    }

    @Test func `a refusal is told again too`() async throws {
        let made = try await send([("k1", "/v1/tokens", "{}"), ("k1", "/v1/tokens", "{}")])
        #expect(made.map(\.status) == [400, 400])
        #expect(made.map(\.isReplayed) == [false, true])
    }

    @Test func `a key belongs to one request`() async throws {
        let made = try await send([
            ("k1", "/v1/tokens", Self.token("desk-1")), ("k1", "/v1/tokens", Self.token("desk-2")),
            ("k1", "/v1/lists", Self.token("desk-1")),
        ])
        #expect(made.map(\.status) == [201, 422, 422])
        #expect(try service.desk.access.tokens().map(\.name) == ["desk-1"])
    }

    @Test func `what the daemon could not do it tries again`() async throws {
        // The readers are not running: the pad cannot be asked.
        let body = #"{"barcodes":[],"target":"iso28560-2","dryRun":true}"#
        let path = "/v1/readers/pad-1/conversions"
        let made = try await send([("k1", path, body), ("k1", path, body)])
        #expect(made.allSatisfy { $0.status >= 500 && !$0.isReplayed }, "\(made)")
    }

    @Test(arguments: ["", "a b", "\"\"", String(repeating: "k", count: 256)])
    func `a key that is none is refused`(_ key: String) async throws {
        let made = try await send([(key, "/v1/tokens", Self.token("desk-1"))])
        #expect(made.map(\.status) == [400])
    }
}

@Suite struct ConditionalTests {
    @Test func `who has an answer already is told so`() async throws {
        let service = try TestService()
        let first = try await service.send(.get, "/v1/holdings")
        let tag = try #require(first.headers[.eTag])
        let again = try await service.send(.get, "/v1/holdings", headers: [.ifNoneMatch: "\"x\", \(tag)"], bytes: nil)
        #expect(again.status == .notModified)
        #expect(again.body.readableBytes == 0)
        #expect(again.headers[.eTag] == tag)
        let other = try await service.send(.get, "/v1/holdings", headers: [.ifNoneMatch: "W/\"x\""], bytes: nil)
        #expect(other.status == .ok)
        #expect(try await service.send(.get, "/v1/lists").headers[.eTag] != tag)
    }

    @Test func `a change is never answered so`() async throws {
        let service = try TestService()
        let headers: HTTPFields = [.contentType: "application/json", .ifNoneMatch: "*"]
        let body = ByteBuffer(string: #"{"name":"desk-1","role":"desk"}"#)
        #expect(try await service.send(.post, "/v1/tokens", headers: headers, bytes: body).status == .created)
    }
}

@Suite struct PageTests {
    private let service: TestService

    init() throws {
        service = try TestService()
        for number in 0..<25 {
            try service.desk.saveList("list \(100 + number)", purpose: .holds, barcodes: ["3011"])
        }
    }

    private func page(_ path: String) async throws -> (names: [String], next: String?) {
        let response = try await service.send(.get, path)
        try #require(response.status == .ok)
        let link = response.headers[named: "Link"]
        let next = link?.firstMatch(of: /^<([^>]+)>; rel="next"$/).map { String($0.1) }
        #expect((link == nil) == (next == nil))
        return (try response.value([ItemList].self).map(\.name), next)
    }

    @Test func `page by page a list is the list`() async throws {
        let whole = try await page("/v1/lists")
        #expect(whole.names.count == 25 && whole.next == nil)
        var (names, next): ([String], String?) = ([], "/v1/lists?limit=10")
        var sizes: [Int] = []
        // A link that leads back would be followed for ever.
        while let path = next, sizes.count < 4 {
            let part = try await page(path)
            sizes.append(part.names.count)
            names += part.names
            next = part.next
        }
        #expect(names == whole.names)
        #expect(sizes == [10, 10, 5])
    }

    @Test func `a page that is exactly full is the last`() async throws {
        #expect(try await page("/v1/lists?limit=25").next == nil)
    }

    @Test(arguments: ["limit=0", "limit=1001", "limit=x", "limit=10&cursor=%25"])
    func `what is no page is refused`(_ query: String) async throws {
        #expect(try await service.send(.get, "/v1/lists?\(query)").status == .badRequest)
    }

    @Test func `the link keeps what was asked for`() async throws {
        let response = try await service.send(.get, "/v1/audit?limit=1")
        #expect(response.headers[named: "Link"] == nil)
        for name in ["a", "b"] {
            _ = try await service.send(.post, "/v1/tokens", TokenRequest(name: name, role: .desk))
        }
        let link = try await service.send(.get, "/v1/audit?limit=1").headers[named: "Link"]
        #expect(link == "</v1/audit?before=2&limit=1>; rel=\"next\"")
    }
}
