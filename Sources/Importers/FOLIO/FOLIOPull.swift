import Library

/// Pulls items out of FOLIO, with the titles of their instances.
///
/// **Source**: `/locations`, `/instance-storage/instances`, `/holdings-storage/holdings` and `/item-storage/items` by
/// CQL, each in pages behind the identifier of the last record; deep offsets are slow there. A token comes from
/// `/authn/login-with-expiry` as a cookie or, where that is not known, from `/authn/login` as a header. The names of
/// places are asked for first, and done without where the user may not see them.
/// **Changes alone**: `/inventory/items` by `metadata.updatedDate`, which has the titles in it, in pages of fifty at
/// most: it asks the storage for the holdings of a whole page itself, in older versions by one address that has them
/// all, and 414 comes back where that is too long. It does not see deleted items and changed titles: a pull of
/// everything has to follow now and then.
struct FOLIOPull: PullDialogue {
    private enum Stage: String {
        case locations = "/locations"
        case instances = "/instance-storage/instances"
        case holdings = "/holdings-storage/holdings"
        case items = "/item-storage/items"
        case changedItems = "/inventory/items"

        var container: String {
            switch self {
            case .locations: "locations"
            case .instances: "instances"
            case .holdings: "holdingsRecords"
            case .items, .changedItems: "items"
            }
        }

        /// What follows; `since` where only changes are wanted.
        func next(since: Moment?) -> Stage? {
            switch self {
            case .locations: since == nil ? .instances : .changedItems
            case .instances: .holdings
            case .holdings: .items
            case .items, .changedItems: nil
            }
        }
    }

    private var access: FOLIOAccess
    private let pageSize: Int
    /// Forty bytes for each of so many holdings are half of the 4096 that a server of FOLIO's kind takes at least.
    private static let mostChanges = 50
    private let since: Moment?
    private var stage: Stage? = .locations
    private var last = ""
    private var now = Moment(milliseconds: 0)
    /// Whether the request on its way is a login.
    private(set) var awaitsToken = false

    init(_ source: PullSource, _ credentials: PullCredentials, since: Moment?) {
        access = FOLIOAccess(credentials, tenant: source.tenant)
        self.since = since
        pageSize = source.pageSize
    }

    private var limit: Int { stage == .changedItems ? min(pageSize, Self.mostChanges) : pageSize }

    var place: String {
        guard !awaitsToken, let stage else { return "login" }
        return last.isEmpty ? "the first \(stage.container)" : "\(stage.container) behind \(last)"
    }

    mutating func request() -> PullRequest? {
        guard let stage else { return nil }
        let headers = access.headers(at: now)
        awaitsToken = headers == nil
        guard let headers else { return access.login }
        var conditions: [String] = []
        if !last.isEmpty { conditions.append("id>\"\(last)\"") }
        if let since, stage == .changedItems {
            let moment = SeenTime(since, secondsAhead: 0).universal
            conditions.append("metadata.updatedDate>=\"\(moment)\"")
        }
        let query = (conditions.isEmpty ? "cql.allRecords=1" : conditions.joined(separator: " and ")) + " sortby id"
        return PullRequest(
            .get,
            "\(stage.rawValue)?limit=\(limit)&query=\(PullText.encoded(query))",
            headers: headers
        )
    }

    mutating func take(_ response: PullResponse, at moment: Moment) throws(PullFlaw) -> PullPage? {
        now = moment
        guard !awaitsToken, let stage else {
            try access.takeToken(response, at: moment)
            return nil
        }
        let page = try PageScan(response.body, containers: [stage.container])
        if page.records > 0 {
            guard let identifier = page.last?["id"]?.text, identifier.utf8.allSatisfy(Self.isOfIdentifier) else {
                throw PullFlaw(found: "a record without id")
            }
            guard identifier > last else { throw PullFlaw(found: "records that are not in the order of their id") }
            last = identifier
        }
        if page.records == 0 || (page.records < limit && Self.total(response.body) <= page.records) {
            self.stage = stage.next(since: since)
            last = ""
        }
        return PullPage(records: page.records, remaining: nil, isForLater: stage == .locations)
    }

    /// Records that meet the query, this page's among them, as far as the system tells: a server or what stands before
    /// it may give shorter pages than were asked for. It may be an estimate; an empty page is the end all the same.
    private static func total(_ body: [UInt8]) -> Int {
        let page = try? PageScan.value(body)
        return page?["totalRecords"]?.text.flatMap { Int($0) } ?? 0
    }

    mutating func forgetToken() -> Bool { access.forgetToken() }

    mutating func hasOtherWay(after status: Int) -> Bool {
        if awaitsToken { return access.hasOtherLogin(after: status) }
        guard stage == .locations, status == 403 || status == 404 else { return false }
        stage = stage?.next(since: since)
        last = ""
        return true
    }

    /// UUIDs: anything else has no place in a query.
    private static func isOfIdentifier(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D
    }
}
