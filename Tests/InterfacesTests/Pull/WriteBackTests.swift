import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Importers
import Library
import Logging
import NIOCore
import Operations
import Store
import Synchronization
import Tags
import Testing

@testable import Interfaces

/// A Koha with the Interactive Inventory plugin and a FOLIO in one, as both are documented, which fail when told to.
private final class SmallSystem: Sendable {
    /// What happens instead of an answer, by the number of the request with items, from 0.
    let trouble: [Int: Trouble]
    /// Barcodes in the order in which they were told.
    let told = Mutex<[String]>([])
    /// What Koha was told of when its items were seen.
    let dates = Mutex<Set<String>>([])
    private let asked = Mutex(0)

    enum Trouble {
        case status(HTTPResponse.Status)
        /// It is done, and the line breaks before the answer is whole.
        case breaks
    }

    init(trouble: [Int: Trouble] = [:]) {
        self.trouble = trouble
    }

    private struct Fields: Decodable {
        struct Line: Decodable {
            var barcode: String
            var fields: [String: String]
        }
        var items: [Line]
    }

    private struct CheckIn: Decodable {
        var itemBarcode: String
        var servicePointId: String
        var checkInDate: String
    }

    private struct Broken: Error {}

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/api/v1/contrib/interactiveinventory/item/fields") { request, _ in
            guard request.headers[.authorization] == "Basic c2hlbGY6czNjcmV0" else {
                return Response(status: .unauthorized)
            }
            let asked = try JSONDecoder().decode(
                Fields.self,
                from: Data(try await request.body.collect(upTo: 1 << 20).readableBytesView)
            )
            guard asked.items.allSatisfy({ $0.fields.keys.elementsEqual(["datelastseen"]) }) else {
                return Response(status: .badRequest)
            }
            self.dates.withLock { $0.formUnion(asked.items.compactMap { $0.fields["datelastseen"] }) }
            let lines = asked.items.map {
                "{\"barcode\":\"\($0.barcode)\",\"status\":\($0.barcode == "b7" ? 404 : 200)}"
            }
            return self.answer(asked.items.map(\.barcode), "{\"results\":[\(lines.joined(separator: ","))]}")
        }
        router.post("/authn/login-with-expiry") { _, _ in
            var response = Self.json("{}")
            response.headers[.setCookie] = "folioAccessToken=T; Max-Age=600; Path=/"
            return response
        }
        router.post("/circulation/check-in-by-barcode") { request, _ in
            guard HTTPField.Name("x-okapi-token").flatMap({ request.headers[$0] }) == "T" else {
                return Response(status: .unauthorized)
            }
            let asked = try JSONDecoder().decode(
                CheckIn.self,
                from: Data(try await request.body.collect(upTo: 1 << 20).readableBytesView)
            )
            guard UUID(uuidString: asked.servicePointId) != nil, asked.checkInDate.hasSuffix("Z") else {
                return Response(status: .unprocessableContent)
            }
            return self.answer([asked.itemBarcode], "{\"item\":{\"barcode\":\"\(asked.itemBarcode)\"}}")
        }
        return router
    }

    private func answer(_ barcodes: [String], _ body: String) -> Response {
        let number = asked.withLock { asked in
            defer { asked += 1 }
            return asked
        }
        switch trouble[number] {
        case .status(let status): return Response(status: status)
        case .breaks:
            told.withLock { $0 += barcodes }
            return Response(
                status: .ok,
                headers: [.contentLength: "1000"],
                body: ResponseBody(contentLength: 1000) { _ in throw Broken() }
            )
        case nil:
            told.withLock { $0 += barcodes }
            return Self.json(body)
        }
    }

    private static func json(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

/// A service whose one sweep has heard twelve items of REF; b3 is lent since, and rests are counted.
private struct Shelf: Sendable {
    let desk: ServiceDesk
    let sweep: Sweep.ID
    let rests: Rests
    /// The clock on its wall.
    static let secondsAhead = -5 * 3600

    final class Rests: Sendable {
        let all = Mutex<[Duration]>([])
    }

    init(_ port: Int, _ system: PullSource.System, pause: Duration = .milliseconds(200)) async throws {
        let store = try Store.inMemory()
        let work = try store.beginImport(profile: "koha", source: "items.csv", at: TestService.start)
        for number in 0..<12 {
            var item = Item(barcode: "b\(number)", callNumber: "QA 76 .A\(number + 10)", scheme: .lcc)
            item.permanentLocation = "REF"
            try work.add(item, line: number + 2)
        }
        _ = try work.commit(at: TestService.start)
        let rests = Rests()
        self.rests = rests
        var clock = Timekeeper(
            now: { TestService.start },
            sleep: { duration in
                rests.all.withLock { $0.append(duration) }
                try Task.checkCancellation()
            }
        )
        clock.secondsAhead = { _ in Self.secondsAhead }
        let time = clock
        let target = WriteBackTarget(
            system: system,
            tenant: "diku",
            servicePoint: "3a40852d-49fd-4df2-a1f9-6e2641a6e91f"
        )
        let setup = WriteBackSetup(name: "main", target: target, label: "http://127.0.0.1:\(port)", pause: pause) {
            PullClient(address: "http://127.0.0.1:\(port)", time: time)
                .door(.password(user: "shelf", password: "s3cret"))
        }
        desk = try ServiceDesk(
            store: store,
            time: time,
            settings: ServiceDesk.Settings(rules: SweepRules(), shelfOrder: .standard, scheme: .lcc, snapshots: 3),
            readers: [],
            writeBacks: [setup],
            logger: TestService.logger
        )
        sweep = try await desk.sweeps.start(SweepScope(location: "REF")).sweep.id
        let lines = (0..<12).map { "b\($0)" }
        let log = AsyncThrowingStream<String, any Error> { stream in
            for line in lines { stream.yield(line) }
            stream.finish()
        }
        _ = try await desk.sweeps.upload(log, named: "wand", to: sweep)
        try await desk.sweeps.take([
            StatusChange(barcode: "b3", status: .onLoan, at: TestService.start + .seconds(60))
        ])
    }

    func tell(
        _ route: WriteBackRoute,
        picked: [String] = [],
        dryRun: Bool = false
    ) async throws -> WriteBackProgress {
        try await desk.writeBacks.tell(sweep, route: route, target: nil, picked: picked, dryRun: dryRun)
    }
}

private func withShelf<Value: Sendable>(
    _ system: PullSource.System,
    _ server: SmallSystem,
    _ body: @Sendable @escaping (Shelf) async throws -> Value
) async throws -> Value {
    try await Application(router: server.router()).test(.live) { client in
        try await body(try await Shelf(try #require(client.port), system))
    }
}

@Suite struct WriteBackTests {
    @Test func `nothing is sent on a dry run`() async throws {
        let server = SmallSystem()
        try await withShelf(.folio, server) { shelf in
            let report = try await shelf.tell(.folio, dryRun: true)
            #expect(report.remaining == 11 && report.next.count == 11 && report.answers.isEmpty)
            #expect(report.leftOut.map(\.barcode) == ["b3"])
            #expect(try shelf.desk.store.writeBacks(of: shelf.sweep).isEmpty)
        }
        #expect(server.told.withLock { $0 }.isEmpty)
    }

    @Test func `koha gets one request, each item has its result, and what is done is not sent twice`() async throws {
        let server = SmallSystem()
        try await withShelf(.koha, server) { shelf in
            let report = try await shelf.tell(.kohaFields)
            #expect(report.done == 11 && report.refused == 1 && report.remaining == 0 && report.trouble == nil)
            let kept = try await shelf.desk.writeBacks.results(of: shelf.sweep)
            #expect(kept.count == 12 && kept.first { $0.barcode == "b7" }?.state == .refused)
            let again = try await shelf.tell(.kohaFields)
            #expect(again.done == 11 && again.answers.isEmpty && again.remaining == 0)
        }
        #expect(server.told.withLock { $0 }.count == 12)
        let wall = SeenTime(TestService.start, secondsAhead: Shelf.secondsAhead).onTheWall
        #expect(server.dates.withLock { $0 } == [wall])
    }

    @Test func `koha's lost answer is asked for again, and an error rests first`() async throws {
        let server = SmallSystem(trouble: [0: .status(.badGateway), 1: .breaks])
        try await withShelf(.koha, server) { shelf in
            let report = try await shelf.tell(.kohaFields)
            #expect(report.done == 11 && report.trouble == nil)
            #expect(shelf.rests.all.withLock { $0 }.filter { $0 >= .seconds(1) } == [.seconds(1), .seconds(2)])
        }
    }

    @Test func `folio is told one by one no faster than it may be, and nothing of what is lent`() async throws {
        let server = SmallSystem()
        try await withShelf(.folio, server) { shelf in
            let report = try await shelf.tell(.folio)
            #expect(report.done == 11 && report.leftOut.map(\.barcode) == ["b3"])
            let rests = shelf.rests.all.withLock { $0 }
            #expect(rests == Array(repeating: .milliseconds(200), count: 10))
        }
        #expect(server.told.withLock { $0 } == [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11].map { "b\($0)" })
    }

    @Test func `a check-in whose answer broke is uncertain, and the others go on`() async throws {
        let server = SmallSystem(trouble: [4: .breaks])
        try await withShelf(.folio, server) { shelf in
            let report = try await shelf.tell(.folio)
            #expect(report.done == 10 && report.uncertain == 1 && report.remaining == 0)
            let again = try await shelf.tell(.folio)
            #expect(again.answers.isEmpty && again.uncertain == 1)
            let states = try await shelf.desk.writeBacks.results(of: shelf.sweep).filter { $0.barcode == "b5" }
            #expect(states.map(\.state) == [.sent, .uncertain])
        }
        #expect(server.told.withLock { $0.count { $0 == "b5" } } == 1)
    }

    @Test func `what a system refuses for good stops it, and the next time goes on there`() async throws {
        let server = SmallSystem(
            trouble: Dictionary(uniqueKeysWithValues: (5..<10).map { ($0, .status(.tooManyRequests)) })
        )
        try await withShelf(.folio, server) { shelf in
            let report = try await shelf.tell(.folio)
            #expect(report.done == 5 && report.remaining == 6 && report.uncertain == 0)
            #expect(report.trouble?.description.contains("HTTP 429 5 times") == true)
            let again = try await shelf.tell(.folio)
            #expect(again.done == 11 && again.remaining == 0 && again.trouble == nil)
        }
        // Each item once.
        #expect(server.told.withLock { Set($0).count == $0.count && $0.count == 11 })
    }

    @Test func `an item that was on its way when the power went is not sent again`() async throws {
        let server = SmallSystem()
        try await withShelf(.folio, server) { shelf in
            let sent = WriteBackResult(
                route: .folio,
                barcode: "b0",
                at: TestService.start,
                state: .sent,
                result: "on its way"
            )
            try shelf.desk.store.recordWriteBack(of: shelf.sweep, [sent])
            let report = try await shelf.tell(.folio)
            #expect(report.done == 10 && report.uncertain == 1)
        }
        #expect(!server.told.withLock { $0.contains("b0") })
    }

    @Test func `a system that is not there is told, and nothing counts as sent`() async throws {
        let shelf = try await Shelf(1, .folio)
        let report = try await shelf.tell(.folio)
        #expect(report.remaining == 11 && report.done == 0 && report.uncertain == 0)
        #expect(report.trouble?.description.contains("no answer 5 times") == true)
    }

    @Test func `only what was heard may be picked, and sip2 wants a link and picked items`() async throws {
        let shelf = try await Shelf(1, .koha)
        await #expect(throws: WriteBackRefusal.notSeen("b99")) {
            _ = try await shelf.tell(.kohaFields, picked: ["b99"])
        }
        await #expect(throws: WriteBackRefusal.notPicked(.sip2)) { _ = try await shelf.tell(.sip2) }
        await #expect(throws: WriteBackRefusal.noLink) { _ = try await shelf.tell(.sip2, picked: ["b1"]) }
        await #expect(throws: WriteBackRefusal.onlyFile(.evergreen)) { _ = try await shelf.tell(.evergreen) }
        await #expect(throws: WriteBackRefusal.noTarget(name: nil, known: [], system: .folio)) {
            _ = try await shelf.tell(.folio)
        }
    }
}
