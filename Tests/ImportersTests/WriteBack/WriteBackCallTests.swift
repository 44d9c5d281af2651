import Importers
import Library
import Testing

/// Answers as Koha's Interactive Inventory plugin and FOLIO are documented, given one by one.
private final class Telling {
    var call: WriteBackCall
    var now = Moment(milliseconds: 1_795_000_000_000)
    var answers: [WriteBackAnswer] = []
    var waited: [Duration] = []

    init(
        _ system: PullSource.System,
        _ count: Int,
        _ credentials: PullCredentials = .password(user: "shelf", password: "s3cret")
    ) {
        let items = (0..<count).map {
            WriteBackItem(barcode: "b\($0)", seenAt: Moment(milliseconds: 1_772_438_400_000))
        }
        let target = WriteBackTarget(
            system: system,
            tenant: "diku",
            servicePoint: "3a40852d-49fd-4df2-a1f9-6e2641a6e91f"
        )
        call = WriteBackCall(target, credentials, items: items, at: now)
    }

    /// The next request with its items; rests are slept through.
    func request() -> (request: PullRequest, barcodes: [String])? {
        // Not without an end: who only rests would hold up every test behind.
        for _ in 0..<100 {
            switch call.next() {
            case .send(let request, let barcodes): return (request, barcodes)
            case .wait(let duration):
                waited.append(duration)
                now = now + duration
            case .finished, .failed: return nil
            }
        }
        Issue.record("found nothing but rests")
        return nil
    }

    func answer(_ body: String, status: Int = 200, headers: [String: String] = [:]) {
        answers += call.received(PullResponse(status: status, headers: headers, body: Array(body.utf8)), at: now)
    }
}

@Suite struct KohaWriteBackTests {
    private static func results(_ barcodes: [String], failing: [String: Int] = [:]) -> String {
        let lines = barcodes.map { "{\"barcode\":\"\($0)\",\"status\":\(failing[$0] ?? 200)}" }
        return "{\"results\":[\(lines.joined(separator: ","))]}"
    }

    @Test func `items go in portions of fifty with the time they were seen, each with a result of its own`() throws {
        let telling = Telling(.koha, 60)
        let first = try #require(telling.request())
        #expect(first.request.path == "/api/v1/contrib/interactiveinventory/item/fields")
        #expect(first.request.headers["authorization"] == "Basic c2hlbGY6czNjcmV0")
        #expect(first.barcodes.count == 50)
        let body = String(decoding: first.request.body, as: UTF8.self)
        let line = "{\"barcode\":\"b0\",\"fields\":{\"datelastseen\":\"2026-03-02 08:00:00\"}}"
        #expect(body.hasPrefix("{\"items\":[\(line),"))
        telling.answer(Self.results(first.barcodes, failing: ["b3": 404, "b4": 500]))
        try #require(telling.answers.count == 50)
        #expect(telling.answers[3].state == .refused)
        #expect(telling.answers[3].result == "the library system does not know it")
        #expect(telling.answers[4].result == "status 500")
        #expect(telling.answers[5].state == .done)
        let second = try #require(telling.request())
        #expect(second.barcodes == (50..<60).map { "b\($0)" })
        telling.answer(Self.results(Array(second.barcodes.dropLast())))
        #expect(telling.answers.last?.result == "the answer does not tell of it")
        #expect(telling.call.next() == .finished)
    }

    /// It would be kept with the sweep, and may name a patron.
    @Test func `a status that is no number is not repeated`() throws {
        let telling = Telling(.koha, 1)
        _ = try #require(telling.request())
        telling.answer("{\"results\":[{\"barcode\":\"b0\",\"status\":\"on loan to A. Reader\"}]}")
        #expect(telling.answers.map(\.result) == ["the answer tells no status of it"])
        #expect(telling.answers.map(\.state) == [.refused])
    }

    @Test func `a lost answer is asked for again, since a date twice is a date once`() throws {
        let telling = Telling(.koha, 1)
        for _ in 0..<4 {
            _ = try #require(telling.request())
            #expect(telling.call.lost("closed", wasSent: true).isEmpty)
        }
        #expect(try #require(telling.request()).barcodes == ["b0"])
        #expect(telling.waited == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        #expect(telling.call.lost("closed", wasSent: true).isEmpty)
        guard case .failed(let failure) = telling.call.next() else {
            Issue.record("wanted an end after five attempts")
            return
        }
        #expect(failure.description.contains("item b0: found no answer (closed)"))
    }

    @Test(arguments: [408, 425, 429, 503])
    func `a date that may not have been set is set again`(_ status: Int) throws {
        let telling = Telling(.koha, 1)
        _ = try #require(telling.request())
        telling.answer("", status: status)
        #expect(try #require(telling.request()).barcodes == ["b0"])
        #expect(telling.answers.isEmpty && telling.waited == [.seconds(1)])
    }

    @Test func `a plugin that is not there is told at once`() throws {
        let telling = Telling(.koha, 1)
        _ = telling.request()
        telling.answer("", status: 404)
        guard case .failed(let failure) = telling.call.next() else {
            Issue.record("wanted an end")
            return
        }
        #expect(failure.description.contains("is the Interactive Inventory plugin installed"))
    }

    @Test func `a token that has run out is fetched anew, once`() throws {
        let telling = Telling(.koha, 1, .client(identifier: "id", secret: "s3cret"))
        #expect(try #require(telling.request()).request.path == "/api/v1/oauth/token")
        telling.answer("{\"access_token\":\"A\",\"expires_in\":3600}")
        #expect(try #require(telling.request()).request.headers["authorization"] == "Bearer A")
        telling.answer("", status: 401)
        #expect(try #require(telling.request()).request.path == "/api/v1/oauth/token")
        telling.answer("{\"access_token\":\"B\",\"expires_in\":3600}")
        #expect(try #require(telling.request()).request.headers["authorization"] == "Bearer B")
        telling.answer("", status: 401)
        #expect(telling.call.next() == .failed(.refused(status: 401, place: "item b0")))
    }
}

@Suite struct FOLIOWriteBackTests {
    private func begun(_ count: Int) throws -> Telling {
        let telling = Telling(.folio, count)
        #expect(try #require(telling.request()).request.path == "/authn/login-with-expiry")
        telling.answer("{}", headers: ["set-cookie": "folioAccessToken=T; Max-Age=600"])
        return telling
    }

    @Test(arguments: [400, 401, 422])
    func `a login that is refused ends it as such`(_ status: Int) throws {
        let telling = Telling(.folio, 1)
        _ = try #require(telling.request())
        telling.answer("{\"errors\":[]}", status: status)
        #expect(telling.call.next() == .failed(.refused(status: status, place: "login")))
    }

    @Test func `items are checked in one by one at the service point, as of when they were seen`() throws {
        let telling = try begun(2)
        let first = try #require(telling.request())
        #expect(first.request.path == "/circulation/check-in-by-barcode" && first.barcodes == ["b0"])
        #expect(first.request.headers["x-okapi-token"] == "T" && first.request.headers["x-okapi-tenant"] == "diku")
        #expect(
            String(decoding: first.request.body, as: UTF8.self)
                == "{\"itemBarcode\":\"b0\",\"servicePointId\":\"3a40852d-49fd-4df2-a1f9-6e2641a6e91f\","
                + "\"checkInDate\":\"2026-03-02T08:00:00Z\"}"
        )
        telling.answer("{\"loan\":{\"borrower\":{\"barcode\":\"patron-1\"}},\"item\":{\"barcode\":\"b0\"}}")
        _ = try #require(telling.request())
        telling.answer(
            "{\"errors\":[{\"message\":\"No item with barcode b1 exists\",\"parameters\":[]}]}",
            status: 422
        )
        #expect(telling.call.next() == .finished)
        try #require(telling.answers.map(\.state) == [.done, .refused])
        #expect(telling.answers[1].result == "the library system does not know it")
        #expect(!telling.answers.contains { $0.result.contains("patron") })
    }

    @Test func `a service point that sends everything in transit is told of and left alone`() throws {
        let telling = try begun(9)
        func answered(_ status: String) throws {
            _ = try #require(telling.request())
            telling.answer("{\"item\":{\"status\":{\"name\":\"\(status)\"}}}")
        }
        // A request may call for two of them; the third stands where it stood.
        for status in ["In transit", "In transit", "Available", "In transit", "In transit"] { try answered(status) }
        #expect(
            telling.answers.dropFirst().prefix(2).map(\.result) == [
                "checked in 2026-03-02 08:00:00, its status is In transit now", "checked in 2026-03-02 08:00:00",
            ]
        )
        try answered("In transit")
        #expect(telling.answers.allSatisfy { $0.state == .done } && telling.answers.count == 6)
        guard case .failed(let failure) = telling.call.next() else {
            Issue.record("wanted an end")
            return
        }
        #expect(failure.description.contains("item b5: found 3 items in a row that were sent in transit"))
    }

    @Test func `a check-in whose answer is lost is never sent again`() throws {
        let telling = try begun(2)
        _ = try #require(telling.request())
        telling.answers += telling.call.lost("closed", wasSent: true)
        #expect(try #require(telling.request()).barcodes == ["b1"])
        telling.answer("", status: 500)
        #expect(telling.answers.map(\.state) == [.uncertain, .uncertain])
        #expect(telling.call.next() == .finished)
    }

    @Test func `a system that is told nothing for sure three times is left alone`() throws {
        let telling = try begun(9)
        for _ in 0..<3 {
            _ = try #require(telling.request())
            telling.answer("", status: 502)
        }
        #expect(telling.answers.count == 3)
        guard case .failed(let failure) = telling.call.next() else {
            Issue.record("wanted an end")
            return
        }
        #expect(failure.description.contains("HTTP 502, 3 times in a row"))
    }

    @Test(arguments: [408, 503])
    func `a check-in that a gateway may have passed on is never sent again`(_ status: Int) throws {
        let telling = try begun(2)
        _ = try #require(telling.request())
        telling.answer("", status: status, headers: ["retry-after": "7"])
        #expect(try #require(telling.request()).barcodes == ["b1"])
        #expect(telling.answers.map(\.state) == [.uncertain] && telling.waited.isEmpty)
    }

    @Test(arguments: [408, 503])
    func `a login that a gateway may have passed on is sent again`(_ status: Int) throws {
        let telling = Telling(.folio, 1)
        _ = try #require(telling.request())
        telling.answer("", status: status)
        #expect(try #require(telling.request()).request.path == "/authn/login-with-expiry")
        #expect(telling.answers.isEmpty && telling.waited == [.seconds(1)])
    }

    @Test func `a system that asks for a rest gets it, and the same item again`() throws {
        let telling = try begun(1)
        _ = try #require(telling.request())
        telling.answer("", status: 429, headers: ["retry-after": "7"])
        #expect(try #require(telling.request()).barcodes == ["b0"])
        #expect(telling.waited == [.seconds(7)])
        #expect(telling.call.lost("no connection", wasSent: false).isEmpty)
        #expect(try #require(telling.request()).barcodes == ["b0"])
    }

    @Test func `client credentials are refused before anything is sent`() {
        let telling = Telling(.folio, 1, .client(identifier: "id", secret: "s"))
        guard case .failed(let failure) = telling.call.next() else {
            Issue.record("wanted a refusal")
            return
        }
        #expect(failure.description.contains("wanted user and password"))
    }
}
