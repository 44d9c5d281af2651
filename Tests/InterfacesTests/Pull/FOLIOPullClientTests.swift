import Foundation
import HTTPTypes
import Hummingbird
import Importers
import Library
import NIOCore
import Operations
import Synchronization
import Testing

@testable import Interfaces

/// A FOLIO whose modules answer as they are documented: a token as a cookie, CQL queries, pages in the order of `id`.
private final class SmallFOLIO: Sendable {
    let count: Int
    /// Requests with a token, by their number from 0, at which the token has run out.
    let expiring: Set<Int>
    let seen = Mutex<[String]>([])
    private let tokens = Mutex((given: 0, asked: 0))

    init(_ count: Int, expiring: Set<Int> = []) {
        self.count = count
        self.expiring = expiring
    }

    /// Identifiers are UUIDs; one instance has two holdings, and a holding two items.
    static func id(_ kind: Int, _ number: Int) -> String {
        String(format: "%08x-0000-4000-8000-%012x", kind, number)
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/authn/login-with-expiry") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1000))
            guard body.contains(#""password":"s3cret""#), Self.header("x-okapi-tenant", request) == "diku" else {
                return Response(status: .unprocessableContent)
            }
            let number = self.tokens.withLock { tokens in
                tokens.given += 1
                return tokens.given
            }
            var response = Self.json("{}", status: .created)
            for cookie in ["folioRefreshToken=R\(number); Max-Age=604800", "folioAccessToken=T\(number); Max-Age=600"] {
                response.headers.append(HTTPField(name: .setCookie, value: cookie))
            }
            return response
        }
        router.get("/locations") { request, _ in
            self.page(request, "locations", 4, 1) { #"{"id":"\#(Self.id(4, $0))","name":"Main stacks","code":"MS"}"# }
        }
        router.get("/instance-storage/instances") { request, _ in
            self.page(request, "instances", 1, self.count / 4) {
                #"{"id":"\#(Self.id(1, $0))","title":"Title \#($0)"}"#
            }
        }
        router.get("/holdings-storage/holdings") { request, _ in
            self.page(request, "holdingsRecords", 2, self.count / 2) {
                #"{"id":"\#(Self.id(2, $0))","instanceId":"\#(Self.id(1, $0 / 2))"}"#
            }
        }
        router.get("/item-storage/items") { request, _ in self.page(request, "items", 3, self.count, item) }
        router.get("/inventory/items") { request, _ in self.page(request, "items", 3, 1, changedItem) }
        @Sendable func item(_ number: Int) -> String {
            """
            {"id":"\(Self.id(3, number))","barcode":"b\(number)","holdingsRecordId":"\(Self.id(2, number / 2))",
            "status":{"name":"Available"},"effectiveCallNumberComponents":{"callNumber":"QA \(number + 1)"},
            "effectiveLocationId":"\(Self.id(4, 0))"}
            """
        }
        @Sendable func changedItem(_ number: Int) -> String {
            """
            {"id":"\(Self.id(3, number))","barcode":"b\(number)","holdingsRecordId":"\(Self.id(2, number / 2))",
            "status":{"name":"Available"},"title":"Title 0","effectiveCallNumberComponents":{"callNumber":"QA 1"},
            "effectiveLocation":{"id":"\(Self.id(4, 0))","name":"Main stacks"}}
            """
        }
        return router
    }

    private func page(
        _ request: Request,
        _ container: String,
        _ kind: Int,
        _ count: Int,
        _ record: (Int) -> String
    ) -> Response {
        seen.withLock { $0.append("\(request.uri)") }
        let isGood = tokens.withLock { tokens in
            defer { tokens.asked += 1 }
            if expiring.contains(tokens.asked) { tokens.given += 1 }
            return Self.header("x-okapi-token", request) == "T\(tokens.given)"
        }
        guard isGood, Self.header("x-okapi-tenant", request) == "diku" else { return Response(status: .unauthorized) }
        let query = String(request.uri.queryParameters["query"] ?? "").removingPercentEncoding ?? ""
        guard query.hasSuffix(" sortby id") else { return Response(status: .badRequest) }
        let behind = query.firstMatch(of: /id>"([0-9a-f-]+)"/).map { String($0.1) } ?? ""
        let limit = request.uri.queryParameters["limit"].flatMap { Int($0) } ?? 10
        let left = (0..<count).filter { Self.id(kind, $0) > behind }
        let records = left.prefix(limit).map(record).joined(separator: ",")
        return Self.json(#"{"\#(container)":[\#(records)],"totalRecords":\#(left.count)}"#)
    }

    private static func header(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    private static func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

@discardableResult
private func withService<Value: Sendable>(
    _ folio: SmallFOLIO,
    password: String = "s3cret",
    _ body: @Sendable @escaping (ServiceDesk) async throws -> Value
) async throws -> Value {
    try await withPullService(
        folio.router(),
        PullSource(system: .folio, tenant: "diku", pageSize: 50),
        .password(user: "pull", password: password),
        body
    )
}

@Suite struct FOLIOPullClientTests {
    @Test func `instances, holdings and items come page by page, and titles find their items`() async throws {
        let folio = SmallFOLIO(240)
        try await withService(folio) { desk in
            let first = try await desk.pulls.pull("folio", full: false)
            #expect(first.wasFull && first.outcome.imported == 240)
            let item = try #require(try desk.known(barcode: "b7")?.item)
            #expect(item.title == "Title 1" && item.callNumber == "QA 8" && item.status == .available)
            let changes = try await desk.pulls.pull("folio", full: false)
            #expect(!changes.wasFull && changes.outcome.imported == 1)
            #expect(item.location == "Main stacks")
            #expect(try desk.known(barcode: "b0")?.item?.location == "Main stacks")
            #expect(try desk.snapshot()?.itemCount == 240 && desk.snapshot()?.base == 1)
        }
        let seen = folio.seen.withLock { $0 }
        // One page of places, two of instances, three of holdings, five of items; each stage ends with a page that is
        // not full. Then one of places and one of changes.
        #expect(seen.count == 13)
        #expect(seen.last?.contains("metadata.updatedDate") == true)
        #expect(!seen.contains { $0.contains("s3cret") })
    }

    @Test func `a token that runs out in the middle is fetched anew, and nothing is lost`() async throws {
        let folio = SmallFOLIO(240, expiring: [3, 7])
        let imported = try await withService(folio) { desk in
            try await desk.pulls.pull("folio", full: true).outcome.imported
        }
        #expect(imported == 240)
        #expect(folio.seen.withLock { $0.count } == 13)
    }

    @Test func `wrong credentials are told without them`() async throws {
        try await withService(SmallFOLIO(4), password: "wrong-one") { desk in
            let failure = await #expect(throws: ImportFailure.self) {
                _ = try await desk.pulls.pull("folio", full: true)
            }
            #expect(failure?.description.contains("wrong-one") == false)
            let snapshot = try desk.snapshot()
            #expect(snapshot == nil)
        }
    }
}
