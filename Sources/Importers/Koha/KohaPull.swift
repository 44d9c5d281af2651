import Library

/// Pulls items out of Koha's REST interface.
///
/// **Source**: `GET /api/v1/items` with `q`, `_per_page`, `_order_by`, answered with `Link` and `X-Total-Count`; a
/// token from `POST /api/v1/oauth/token` for client credentials. **Permission**: `catalogue`.
/// **Brought along**: title, transfer, hold and return claims, as far as the version's `/items` knows them: what else
/// stands in `x-koha-embed` it refuses with 400, and then less is asked for.
/// **Changes alone**: items by `timestamp`, which loans and returns move too, asked for by the clock on the system's
/// own wall; how far that is from UTC the newest item tells. It does not see deleted items, nor transfers and holds
/// that begin or end without touching the item: a pull of everything has to follow now and then.
struct KohaPull: PullDialogue {
    private var access: KohaAccess
    private let pageSize: Int
    private let since: Moment?
    private var now = Moment(milliseconds: 0)
    private var last = 0
    private var isDone = false
    /// Which of ``embeds`` is asked for.
    private var embed = 0
    /// How many seconds the system's clock is taken to be ahead of UTC: before it is known, as little as any clock is.
    private var ahead = -12 * 3600
    /// Whether the newest item was looked at, which tells the clock; a pull of everything needs none.
    private var knowsClock: Bool
    private var asksClock = false
    /// Whether the request on its way is for a token.
    private(set) var awaitsToken = false

    /// What each item is to bring along, the most first. The released versions that were looked at take `biblio` alone
    /// for lists of items, and the rest only for the items of one record.
    private static let embeds = ["biblio,transfer,first_hold,return_claims", "biblio", nil]
    /// How many items a library may have; another number is none that could be reckoned with.
    private static let counts = 0...1_000_000_000_000

    init(_ source: PullSource, _ credentials: PullCredentials, since: Moment?) {
        access = KohaAccess(credentials)
        self.since = since
        knowsClock = since == nil
        pageSize = source.pageSize
    }

    var place: String {
        if awaitsToken { return "token" }
        return asksClock ? "the newest item" : "items behind number \(last)"
    }

    mutating func request() -> PullRequest? {
        guard !isDone else { return nil }
        let authorization = access.authorization(at: now)
        awaitsToken = authorization == nil
        guard let authorization else { return access.tokenRequest }
        var headers = ["authorization": authorization, "accept": "application/json"]
        asksClock = !knowsClock
        guard knowsClock else {
            return PullRequest(.get, "/api/v1/items?_per_page=1&_order_by=-me.item_id", headers: headers)
        }
        let path = "/api/v1/items?_per_page=\(pageSize)&_order_by=%2Bme.item_id&q=\(PullText.encoded(filter))"
        headers["x-koha-embed"] = Self.embeds[embed]
        return PullRequest(.get, path, headers: headers)
    }

    mutating func take(_ response: PullResponse, at moment: Moment) throws(PullFlaw) -> PullPage? {
        now = moment
        guard !awaitsToken else {
            try access.takeToken(response.body, at: moment)
            return nil
        }
        let page = try PageScan(response.body, containers: [])
        guard !asksClock else {
            knowsClock = true
            // An hour more, as the newest item may be of the other half of the year.
            if let told = page.last?["timestamp"]?.text.flatMap({ PullText.secondsAhead($0) }) { ahead = told - 3600 }
            return nil
        }
        let count = response.headers["x-total-count"].flatMap { Int($0) }
        let total = count.flatMap { Self.counts.contains($0) ? $0 : nil }
        guard page.records > 0 else {
            isDone = true
            return PullPage(records: 0, remaining: nil)
        }
        guard let identifier = page.last?["item_id"]?.text.flatMap({ Int($0) }), identifier > last else {
            throw PullFlaw(found: "items that are not in the order of their item_id")
        }
        last = identifier
        let hasNext = response.headers["link"].map(Self.hasNext)
        isDone = !(hasNext ?? total.map { $0 > page.records } ?? (page.records >= pageSize))
        return PullPage(records: page.records, remaining: total)
    }

    mutating func forgetToken() -> Bool { access.forgetToken() }

    /// Less to bring along; nothing was answered yet, or the version would have taken the same before.
    mutating func hasOtherWay(after status: Int) -> Bool {
        guard status == 400, !awaitsToken, !asksClock, last == 0, embed + 1 < Self.embeds.count else { return false }
        embed += 1
        return true
    }

    private var filter: String {
        // What is brought along has columns of the same names.
        let behind = "{\"me.item_id\":{\">\":\(last)}}"
        guard let since else { return behind }
        // The database compares it as it stands: it reads no zone, and some refuse one.
        let moment = SeenTime(since, secondsAhead: ahead).onTheWall
        return "{\"-and\":[\(behind),{\"me.timestamp\":{\">=\":\"\(moment)\"}}]}"
    }

    /// Whether a `Link` header names a next page (RFC 8288, 3).
    private static func hasNext(_ header: String) -> Bool {
        header.split(separator: ",").contains { link in
            link.split(separator: ";").dropFirst().contains { parameter in
                let plain = parameter.filter { $0 != " " && $0 != "\"" }.lowercased()
                return plain == "rel=next"
            }
        }
    }
}
