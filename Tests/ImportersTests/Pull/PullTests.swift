import Importers
import Library
import Testing

/// Answers as Koha's and FOLIO's interfaces are documented (specs: REST 3.2, FOLIO 3.5), given one by one.
private final class Talk {
    var pull: Pull
    var now = Moment(milliseconds: 1_795_000_000_000)
    var pages: [[UInt8]] = []

    init(
        _ system: PullSource.System,
        _ credentials: PullCredentials = .password(user: "pull", password: "s3cret"),
        since: Moment? = nil,
        pageSize: Int = 2
    ) {
        pull = Pull(PullSource(system: system, tenant: "diku", pageSize: pageSize), credentials, since: since)
    }

    /// The next request; rests are slept through.
    func request() -> PullRequest? {
        // Not without an end: who only rests would hold up every test behind.
        for _ in 0..<100 {
            switch pull.next() {
            case .send(let request): return request
            case .wait(let duration): now = now + duration
            case .finished, .failed: return nil
            }
        }
        Issue.record("found nothing but rests")
        return nil
    }

    func answer(_ body: String, status: Int = 200, headers: [String: String] = [:]) {
        let response = PullResponse(status: status, headers: headers, body: Array(body.utf8))
        if let page = pull.received(response, at: now) { pages.append(page) }
    }
}

private func items(_ numbers: Int...) -> String {
    "[" + numbers.map { "{\"item_id\":\($0),\"external_id\":\"b\($0)\"}" }.joined(separator: ",") + "]"
}

@Suite struct KohaPullTests {
    @Test func `pages follow each other behind the last item until no link leads on`() throws {
        let talk = Talk(.koha)
        let first = try #require(talk.request())
        #expect(first.method == .get)
        #expect(first.path.hasPrefix("/api/v1/items?_per_page=2&_order_by=%2Bme.item_id&q=%7B%22me.item_id%22"))
        #expect(first.headers["authorization"] == "Basic cHVsbDpzM2NyZXQ=")
        #expect(!first.path.contains("s3cret"))
        let link = "<https://koha/api/v1/items?_page=2>; rel=\"next\", <https://koha/api/v1/items>; rel=\"last\""
        talk.answer(items(1, 7), headers: ["link": link, "x-total-count": "3"])
        #expect(talk.pull.expected == 3)
        #expect(try #require(talk.request()).path.hasSuffix("%7B%22%3E%22%3A7%7D%7D"))
        talk.answer(items(9), headers: ["link": "<https://koha>; rel=\"prev\"", "x-total-count": "1"])
        #expect(talk.request() == nil)
        #expect(talk.pull.next() == .finished)
        #expect(talk.pull.records == 3 && talk.pages.count == 2)
    }

    @Test func `without links the total decides, and without both a page that is not full`() {
        let counted = Talk(.koha)
        _ = counted.request()
        counted.answer(items(1, 2), headers: ["x-total-count": "2"])
        #expect(counted.request() == nil)
        let bare = Talk(.koha)
        _ = bare.request()
        bare.answer(items(1, 2))
        #expect(bare.request() != nil)
        bare.answer("[]")
        #expect(bare.request() == nil)
        #expect(bare.pages.count == 1)
    }

    /// Added to the records that have come it would be more than a number holds.
    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "-1", "many"])
    func `a total that no library has is none`(_ total: String) {
        let talk = Talk(.koha)
        _ = talk.request()
        talk.answer(items(1, 2), headers: ["x-total-count": total])
        #expect(talk.pull.expected == 2)
        #expect(talk.request() != nil)
        talk.answer(items(3), headers: ["x-total-count": total])
        #expect(talk.pull.expected == 3 && talk.pull.records == 3)
        #expect(talk.request() == nil)
    }

    @Test func `client credentials fetch a token first and again when it runs out or is refused`() throws {
        let talk = Talk(.koha, .client(identifier: "id", secret: "a&b"))
        let login = try #require(talk.request())
        #expect(login.method == .post && login.path == "/api/v1/oauth/token")
        #expect(String(decoding: login.body, as: UTF8.self).hasSuffix("client_id=id&client_secret=a%26b"))
        talk.answer(#"{"access_token":"T1","token_type":"Bearer","expires_in":3600}"#)
        #expect(talk.request()?.headers["authorization"] == "Bearer T1")
        talk.answer(items(1, 2), headers: ["x-total-count": "9"])
        talk.now = talk.now + .seconds(3600)
        #expect(talk.request()?.headers["authorization"] == "Bearer T1")
        talk.answer("", status: 401)
        #expect(talk.request()?.path == "/api/v1/oauth/token")
        talk.answer(#"{"access_token":"T2","expires_in":3600}"#)
        #expect(talk.request()?.headers["authorization"] == "Bearer T2")
        talk.answer("", status: 401)
        #expect(talk.request() == nil)
        #expect(talk.pull.next() == .failed(.refused(status: 401, place: "items behind number 2")))
    }

    @Test func `an error in the middle is asked again after longer and longer rests, then told with place and count`() {
        let talk = Talk(.koha)
        _ = talk.request()
        talk.answer(items(1, 7), headers: ["x-total-count": "9"])
        var rests: [Duration] = []
        for _ in 0..<5 {
            if case .wait(let rest) = talk.pull.next() { rests.append(rest) }
            guard case .send = talk.pull.next() else { break }
            talk.answer("oops", status: 500)
        }
        #expect(rests == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        let failure = PullFailure.failing(status: 500, place: "items behind number 7", records: 2, attempts: 5)
        #expect(talk.pull.next() == .failed(failure))
        #expect(failure.description == "items behind number 7: found HTTP 500 5 times, behind 2 records")
    }

    @Test func `a page that comes at the third attempt goes on, and a system may ask for patience`() {
        let talk = Talk(.koha)
        _ = talk.request()
        talk.answer("", status: 503, headers: ["retry-after": "30"])
        #expect(talk.pull.next() == .wait(.seconds(30)))
        _ = talk.request()
        talk.pull.lost("connection reset")
        #expect(talk.pull.next() == .wait(.seconds(2)))
        _ = talk.request()
        talk.answer(items(1), headers: ["x-total-count": "1"])
        #expect(talk.request() == nil)
        #expect(talk.pull.next() == .finished)
    }

    @Test(
        arguments: [
            ("<html>", "an answer that is no JSON"), ("{\"a\":1}", "an object, wanted a list"),
            ("[{\"item_id\":1},", "a page that is cut off"), ("[{\"name\":1}]", "items that are not in the order"),
        ]
    )
    func `an answer that is no page ends the pull and says what it was`(_ body: String, _ found: String) {
        let talk = Talk(.koha)
        _ = talk.request()
        talk.answer(body)
        guard case .failed(.notUnderstood(let told, _, 0)) = talk.pull.next() else {
            Issue.record("found \(talk.pull.next()), wanted a failure")
            return
        }
        #expect(told.contains(found))
    }

    @Test func `the same item twice in a row would go on for ever and is refused`() {
        let talk = Talk(.koha)
        _ = talk.request()
        talk.answer(items(5, 6), headers: ["x-total-count": "9"])
        _ = talk.request()
        talk.answer(items(5, 6), headers: ["x-total-count": "9"])
        #expect(talk.request() == nil)
    }

    @Test func `what a version does not bring along is not asked for again`() {
        let talk = Talk(.koha)
        #expect(talk.request()?.headers["x-koha-embed"] == "biblio,transfer,first_hold,return_claims")
        talk.answer(#"{"errors":[{"message":"Not in enum list"}]}"#, status: 400)
        #expect(talk.request()?.headers["x-koha-embed"] == "biblio")
        talk.answer("", status: 400)
        let bare = talk.request()
        #expect(bare != nil && bare?.headers["x-koha-embed"] == nil)
        talk.answer(items(1, 2), headers: ["x-total-count": "3"])
        #expect(talk.request()?.headers["x-koha-embed"] == nil)
        talk.answer("", status: 400)
        #expect(talk.request() == nil)
        let failure = PullFailure.notUnderstood(found: "HTTP 400", place: "items behind number 2", records: 2)
        #expect(talk.pull.next() == .failed(failure))
    }

    @Test(arguments: [
        (#""2026-11-18T03:00:00-05:00""#, "2026-11-18%2005%3A06%3A40"),
        (#""2026-07-01T03:00:00+13:00""#, "2026-11-18%2023%3A06%3A40"),
        (#""2026-11-18T03:00:00""#, "2026-11-17%2023%3A06%3A40"), ("null", "2026-11-17%2023%3A06%3A40"),
        (#""2026-11-18T03:00:00+99:00""#, "2026-11-17%2023%3A06%3A40"),
    ])
    func `changes are asked for by the clock of the system, which its newest item tells`(
        _ newest: String,
        _ wanted: String
    ) throws {
        // 11:06:40 UTC; an hour earlier than the clock says, half a day where it says nothing.
        let talk = Talk(.koha, since: Moment(milliseconds: 1_795_000_000_000))
        let probe = try #require(talk.request())
        #expect(probe.path == "/api/v1/items?_per_page=1&_order_by=-me.item_id")
        #expect(probe.headers["authorization"] != nil && probe.headers["x-koha-embed"] == nil)
        talk.answer(#"[{"item_id":9,"external_id":"b9","timestamp":\#(newest)}]"#)
        #expect(talk.pages.isEmpty && talk.pull.records == 0)
        let path = try #require(talk.request()).path
        #expect(path.contains("%22me.timestamp%22"))
        #expect(path.contains("%22\(wanted)%22"), "\(path)")
        talk.answer(items(5), headers: ["x-total-count": "1"])
        #expect(talk.request() == nil)
        #expect(talk.pages.count == 1)
    }

    @Test func `a library without an item has no changes, and no clock is needed for everything`() throws {
        let talk = Talk(.koha, since: Moment(milliseconds: 1_795_000_000_000))
        _ = talk.request()
        talk.answer("[]")
        #expect(try #require(talk.request()).path.contains("timestamp"))
        talk.answer("[]")
        #expect(talk.request() == nil && talk.pull.next() == .finished)
        #expect(try #require(Talk(.koha).request()).path.contains("%2Bme.item_id"))
    }

    @Test func `credentials are never printed`() {
        let credentials = PullCredentials.password(user: "u", password: "s3cret")
        var dumped = ""
        dump(credentials, to: &dumped)
        #expect(!"\(credentials) \(String(reflecting: credentials)) \(dumped)".contains("s3cret"))
    }
}

@Suite struct FOLIOPullTests {
    private static let cookie = "folioAccessToken=TOKEN; Max-Age=600; Path=/; HttpOnly\nfolioRefreshToken=R; Max-Age=9"

    @Test func `places, instances and holdings come before items, each in pages behind the last identifier`() throws {
        let talk = Talk(.folio)
        let login = try #require(talk.request())
        #expect(login.path == "/authn/login-with-expiry")
        #expect(login.headers["x-okapi-tenant"] == "diku")
        #expect(String(decoding: login.body, as: UTF8.self) == #"{"username":"pull","password":"s3cret"}"#)
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        var paths: [String] = []
        let answers = [
            #"{"locations":[{"id":"c1","name":"Main stacks"}],"totalRecords":1}"#,
            #"{"instances":[{"id":"a1","title":"One"},{"id":"a2"}],"totalRecords":3}"#,
            #"{"instances":[{"id":"a3"}],"totalRecords":1}"#,
            #"{"holdingsRecords":[{"id":"h1","instanceId":"a1"}],"totalRecords":1}"#,
            #"{"items":[{"id":"i1","barcode":"1","holdingsRecordId":"h1","effectiveLocationId":"c1"}],"totalRecords":1}"#,
        ]
        for answer in answers {
            let request = try #require(talk.request())
            #expect(request.headers["x-okapi-token"] == "TOKEN")
            paths.append(request.path)
            talk.answer(answer)
        }
        #expect(talk.request() == nil)
        #expect(
            paths.map { $0.prefix { $0 != "?" } } == [
                "/locations", "/instance-storage/instances", "/instance-storage/instances",
                "/holdings-storage/holdings", "/item-storage/items",
            ]
        )
        try #require(paths.count > 2)
        #expect(paths[0].hasSuffix("query=cql.allRecords%3D1%20sortby%20id"))
        #expect(paths[1].hasSuffix("query=cql.allRecords%3D1%20sortby%20id"))
        #expect(paths[2].hasSuffix("query=id%3E%22a2%22%20sortby%20id"))
        // Places are no records of their own: they go before the first page that has any.
        #expect(talk.pull.records == 5 && talk.pages.count == 4)
        var importer = FOLIOImporter(settings: ImportSettings())
        var items: [Item] = []
        for page in talk.pages {
            try importer.read(page[...]) { if case .item(let item, _) = $0 { items.append(item) } }
        }
        #expect(items.map(\.title) == ["One"] && items.map(\.location) == ["Main stacks"])
    }

    @Test func `pages that a server keeps shorter than asked for do not end a pull`() throws {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        _ = talk.request()
        talk.answer(#"{"locations":[]}"#)
        for answer in [
            #"{"instances":[{"id":"a1"}],"totalRecords":2}"#, #"{"instances":[{"id":"a2"}],"totalRecords":2}"#,
            #"{"instances":[],"totalRecords":1}"#,
        ] {
            #expect(try #require(talk.request()).path.hasPrefix("/instance-storage/instances?"))
            talk.answer(answer)
        }
        #expect(try #require(talk.request()).path.hasPrefix("/holdings-storage/holdings?"))
    }

    @Test func `an older system is logged in to in its own way`() {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("no such route", status: 404)
        #expect(talk.request()?.path == "/authn/login")
        talk.answer("{}", status: 201, headers: ["x-okapi-token": "OLD"])
        #expect(talk.request()?.headers["x-okapi-token"] == "OLD")
    }

    @Test(arguments: [400, 401, 403, 422], PullSource.System.allCases)
    func `a password that is refused is told as such, whatever status the login has for it`(
        _ status: Int,
        _ system: PullSource.System
    ) {
        let isKoha = system == .koha
        let talk = isKoha ? Talk(system, .client(identifier: "id", secret: "old")) : Talk(system)
        _ = talk.request()
        talk.answer("no", status: status)
        // Nor is it tried a second time: too many lock the account.
        #expect(talk.request() == nil)
        #expect(talk.pull.next() == .failed(.refused(status: status, place: isKoha ? "token" : "login")))
    }

    @Test func `a token that runs out is fetched anew before it is refused`() {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        _ = talk.request()
        talk.now = talk.now + .seconds(700)
        talk.answer(#"{"locations":[{"id":"c1"},{"id":"c2"}]}"#)
        #expect(talk.request()?.path == "/authn/login-with-expiry")
    }

    @Test func `changes come from the inventory, which has the titles`() throws {
        let talk = Talk(.folio, since: Moment(milliseconds: 0))
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        #expect(try #require(talk.request()).path.hasPrefix("/locations?"))
        talk.answer(#"{"locations":[{"id":"c1","name":"Main stacks"}]}"#)
        #expect(talk.pages.isEmpty)
        let path = try #require(talk.request()).path
        #expect(path.hasPrefix("/inventory/items?"))
        #expect(path.contains("metadata.updatedDate%3E%3D%221970-01-01T00%3A00%3A00Z%22"))
        talk.answer(#"{"items":[{"id":"i1"}]}"#)
        #expect(talk.request() == nil)
        #expect(talk.pages.map { String(decoding: $0, as: UTF8.self).contains("Main stacks") } == [true])
    }

    @Test func `changes come in pages so short that their holdings fit into one address`() throws {
        let talk = Talk(.folio, since: Moment(milliseconds: 0), pageSize: 1000)
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        #expect(try #require(talk.request()).path.hasPrefix("/locations?limit=1000&"))
        talk.answer(#"{"locations":[]}"#)
        #expect(try #require(talk.request()).path.hasPrefix("/inventory/items?limit=50&"))
        // A full page, whose total nobody has told, is not the last.
        let numbers = (10..<60).map { "{\"id\":\"i\($0)\"}" }
        talk.answer("{\"items\":[\(numbers.joined(separator: ","))]}")
        let next = try #require(talk.request()).path
        #expect(next.hasPrefix("/inventory/items?limit=50&query=id%3E%22i59%22%20and%20metadata.updatedDate"))
        talk.answer(#"{"items":[]}"#)
        #expect(talk.request() == nil && talk.pull.records == 50)
    }

    @Test func `without a change the names of places are nothing that came`() {
        let talk = Talk(.folio, since: Moment(milliseconds: 0))
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        _ = talk.request()
        talk.answer(#"{"locations":[{"id":"c1","name":"Main stacks"}]}"#)
        _ = talk.request()
        talk.answer(#"{"items":[]}"#)
        #expect(talk.request() == nil)
        #expect(talk.pages.isEmpty && talk.pull.records == 0 && talk.pull.next() == .finished)
    }

    @Test(arguments: [403, 404])
    func `places that the user may not see are done without`(_ status: Int) throws {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        _ = talk.request()
        talk.answer("", status: status)
        #expect(try #require(talk.request()).path.hasPrefix("/instance-storage/instances?"))
        talk.answer("", status: 403)
        #expect(talk.pull.next() == .failed(.refused(status: 403, place: "the first instances")))
    }

    @Test func `names of places that never end are not kept for ever`() {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("{}", status: 201, headers: ["set-cookie": Self.cookie])
        // Space means nothing in a page: with four megabytes of it, two pages are a little more than eight.
        let space = String(repeating: " ", count: 4 << 20)
        for number in 1...2 {
            _ = talk.request()
            talk.answer("{\"locations\":[\(space){\"id\":\"c\(number)\"}],\"totalRecords\":9}")
        }
        let place = "locations behind c2"
        #expect(talk.request() == nil)
        #expect(
            talk.pull.next() == .failed(.notUnderstood(found: "more than 8 MB in all", place: place, records: 0))
        )
    }

    @Test func `a login without token and credentials of another kind end the pull`() {
        let talk = Talk(.folio)
        _ = talk.request()
        talk.answer("{}", status: 201)
        #expect(talk.pull.next() == .failed(.notUnderstood(found: "a login without token", place: "login", records: 0)))
        let other = Talk(.folio, .client(identifier: "a", secret: "b"))
        #expect(other.request() == nil)
        guard case .failed = other.pull.next() else {
            Issue.record("found no failure")
            return
        }
    }
}
