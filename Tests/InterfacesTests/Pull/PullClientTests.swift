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

/// A Koha with so many items, as its REST interface is documented, which fails when it is told to.
private final class SmallKoha: Sendable {
    let count: Int
    /// Requests for items that are answered with an error, by their number from 0.
    let failing: Set<Int>
    let seen = Mutex<[String]>([])
    private let asked = Mutex(0)

    init(_ count: Int, failing: Set<Int> = []) {
        self.count = count
        self.failing = failing
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/api/v1/oauth/token") { request, _ in
            let form = String(buffer: try await request.body.collect(upTo: 1000))
            guard form.contains("client_secret=s3cret") else { return Response(status: .unauthorized) }
            return Self.json(#"{"access_token":"T","expires_in":3600}"#)
        }
        router.get("/api/v1/items") { request, _ in self.items(request) }
        return router
    }

    private func items(_ request: Request) -> Response {
        let number = asked.withLock { asked in
            defer { asked += 1 }
            return asked
        }
        seen.withLock { $0.append("\(request.uri)") }
        guard request.headers[.authorization] == "Bearer T" else { return Response(status: .unauthorized) }
        guard !failing.contains(number) else { return Response(status: .internalServerError) }
        let size = request.uri.queryParameters["_per_page"].flatMap { Int($0) } ?? 20
        let filter = String(request.uri.queryParameters["q"] ?? "").removingPercentEncoding ?? ""
        let behind = filter.firstMatch(of: /"me.item_id":\{">":(\d+)/).flatMap { Int($0.1) } ?? 0
        let left = max(0, count - behind)
        let page = (behind + 1)..<(behind + 1 + min(size, left))
        var response = Self.json(
            "["
                + page.map {
                    #"{"item_id":\#($0),"external_id":"b\#($0)","home_library_id":"CPL","callnumber":"QA \#($0)"}"#
                }
                .joined(separator: ",") + "]"
        )
        if let name = HTTPField.Name("X-Total-Count") { response.headers[name] = String(left) }
        if let name = HTTPField.Name("Link"), left > size { response.headers[name] = "<http://x/>; rel=\"next\"" }
        return response
    }

    private static func json(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

@discardableResult
private func withService<Value: Sendable>(
    _ koha: SmallKoha,
    secret: String = "s3cret",
    _ body: @Sendable @escaping (ServiceDesk) async throws -> Value
) async throws -> Value {
    try await withPullService(
        koha.router(),
        PullSource(system: .koha, pageSize: 100),
        .client(identifier: "id", secret: secret),
        body
    )
}

@Suite struct PullClientTests {
    @Test func `everything comes page by page and the next pull asks for changes alone`() async throws {
        let koha = SmallKoha(250)
        try await withService(koha) { desk in
            let first = try await desk.pulls.pull("koha", full: false)
            #expect(first.wasFull)
            #expect(first.outcome.imported == 250)
            #expect(try desk.snapshot()?.source.hasPrefix("http://127.0.0.1") == true)
            let second = try await desk.pulls.pull(nil, full: false)
            #expect(!second.wasFull)
            #expect(second.outcome.imported == 250)
            #expect(try desk.snapshot()?.base == 1)
            #expect(try desk.snapshot()?.itemCount == 250)
            #expect(try await desk.pulls.pull(nil, full: true).wasFull)
            let report = try #require(try await desk.pulls.report().first)
            #expect(report.outcome == .taken(items: 250, wasFull: true))
            #expect(report.nextAt == nil)
        }
        let seen = koha.seen.withLock { $0 }
        // The fourth looks for the clock of the system.
        try #require(seen.count == 10)
        #expect(seen[4].contains("timestamp") && !seen[0].contains("timestamp") && !seen[3].contains("timestamp"))
        #expect(!seen.contains { $0.contains("s3cret") || $0.contains("Bearer") })
    }

    @Test func `an error in the middle of paging is asked again`() async throws {
        let imported = try await withService(SmallKoha(250, failing: [1, 2])) { desk in
            try await desk.pulls.pull("koha", full: true).outcome.imported
        }
        #expect(imported == 250)
    }

    @Test func `a system that fails for good leaves the old snapshot and tells place and count`() async throws {
        try await withService(SmallKoha(250, failing: Set(4..<20))) { desk in
            _ = try await desk.pulls.pull("koha", full: true)
            let failure = await #expect(throws: ImportFailure.self) {
                _ = try await desk.pulls.pull("koha", full: true)
            }
            #expect(
                failure?.description.contains("items behind number 100: found HTTP 500 5 times, behind 100 records")
                    == true
            )
            #expect(failure?.description.contains("the snapshot in use stays") == true)
            #expect(try desk.snapshot()?.number == 1)
            #expect(try desk.snapshots().count == 1)
            guard case .failed = try await desk.pulls.report().first?.outcome else {
                Issue.record("found no failure in the report")
                return
            }
        }
    }

    @Test func `a pull while an import runs closes its client, though nobody reads a page`() async throws {
        try await withService(SmallKoha(3)) { desk in
            let (bytes, door) = AsyncStream<[UInt8]>.makeStream()
            async let outcome = desk.holdings.take(bytes, order: ImportOrder(profile: "csv", source: "items.csv"))
            try await waited { await desk.holdings.progress != nil }
            // A client that is let go open stops the whole program, in a debug build.
            await #expect(throws: ImportFailure.busy) { _ = try await desk.pulls.pull("koha", full: true) }
            door.finish()
            _ = try? await outcome
        }
    }

    @Test func `wrong credentials are told without them`() async throws {
        try await withService(SmallKoha(3), secret: "wrong-one") { desk in
            let failure = await #expect(throws: ImportFailure.self) {
                _ = try await desk.pulls.pull("koha", full: true)
            }
            #expect(failure?.description.contains("refuses the credentials (HTTP 401)") == true)
            #expect(failure?.description.contains("wrong-one") == false)
        }
    }

    @Test func `a name that is not set up is refused with those there are`() async throws {
        try await withService(SmallKoha(1)) { desk in
            await #expect(throws: PullRefusal.unknown(name: "folio", known: ["koha"])) {
                _ = try await desk.pulls.pull("folio", full: false)
            }
        }
    }
}
