import Library

/// Pulls items out of FOLIO, with the titles of their instances.
///
/// **Source**: `/instance-storage/instances`, `/holdings-storage/holdings` and `/item-storage/items` by CQL, each in pages
/// behind the identifier of the last record; deep offsets are slow there. A token comes from `/authn/login-with-expiry`
/// as a cookie or, where that is not known, from `/authn/login` as a header.
/// **Changes alone**: `/inventory/items` by `metadata.updatedDate`, which has the titles in it. It does not see deleted
/// items and changed titles: a pull of everything has to follow now and then.
struct FOLIOPull: PullDialogue {
    private enum Stage: String {
        case instances = "/instance-storage/instances"
        case holdings = "/holdings-storage/holdings"
        case items = "/item-storage/items"
        case changedItems = "/inventory/items"

        var container: String {
            switch self {
            case .instances: "instances"
            case .holdings: "holdingsRecords"
            case .items, .changedItems: "items"
            }
        }

        var next: Stage? {
            switch self {
            case .instances: .holdings
            case .holdings: .items
            case .items, .changedItems: nil
            }
        }
    }

    private let credentials: PullCredentials
    private let tenant: String
    private let pageSize: Int
    private let since: Moment?
    private var stage: Stage?
    private var last = ""
    private var token: String?
    private var tokenUntil: Moment?
    private var now = Moment(milliseconds: 0)
    private var usesOldLogin = false
    /// Whether the request on its way is a login.
    private var awaitsToken = false

    private static let margin = Duration.seconds(30)

    init(_ source: PullSource, _ credentials: PullCredentials, since: Moment?) {
        self.credentials = credentials
        self.since = since
        tenant = source.tenant
        pageSize = source.pageSize
        stage = since == nil ? .instances : .changedItems
    }

    var place: String {
        guard !awaitsToken, let stage else { return "login" }
        return last.isEmpty ? "the first \(stage.container)" : "\(stage.container) behind \(last)"
    }

    private var hasToken: Bool {
        token != nil && (tokenUntil.map { now < $0 } ?? true)
    }

    mutating func request() -> PullRequest? {
        guard let stage else { return nil }
        awaitsToken = !hasToken
        guard !awaitsToken, let token else { return login }
        var conditions: [String] = []
        if !last.isEmpty { conditions.append("id>\"\(last)\"") }
        if let since, stage == .changedItems { conditions.append("metadata.updatedDate>=\"\(PullText.date(since))\"") }
        let query = (conditions.isEmpty ? "cql.allRecords=1" : conditions.joined(separator: " and ")) + " sortby id"
        return PullRequest(
            .get,
            "\(stage.rawValue)?limit=\(pageSize)&query=\(PullText.encoded(query))",
            headers: ["x-okapi-tenant": tenant, "x-okapi-token": token, "accept": "application/json"]
        )
    }

    mutating func take(_ response: PullResponse, at moment: Moment) throws(PullFlaw) -> PullPage? {
        now = moment
        guard !awaitsToken, let stage else {
            try takeToken(response)
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
        if page.records < pageSize {
            self.stage = stage.next
            last = ""
        }
        return PullPage(records: page.records, remaining: nil)
    }

    mutating func forgetToken() -> Bool {
        guard token != nil else { return false }
        token = nil
        return true
    }

    /// Systems from before tokens that run out do not know the newer login.
    mutating func hasOtherWay(after status: Int) -> Bool {
        guard status == 404 || status == 400, awaitsToken, !usesOldLogin else { return false }
        usesOldLogin = true
        return true
    }

    private var login: PullRequest? {
        guard case .password(let user, let password) = credentials else { return nil }
        let body = "{\"username\":\(PullText.json(user)),\"password\":\(PullText.json(password))}"
        return PullRequest(
            .post,
            usesOldLogin ? "/authn/login" : "/authn/login-with-expiry",
            headers: ["x-okapi-tenant": tenant, "content-type": "application/json", "accept": "application/json"],
            body: Array(body.utf8)
        )
    }

    private mutating func takeToken(_ response: PullResponse) throws(PullFlaw) {
        if let header = response.headers["x-okapi-token"] {
            token = header
            tokenUntil = nil
            return
        }
        for line in (response.headers["set-cookie"] ?? "").split(separator: "\n") {
            let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let first = parts.first, first.hasPrefix("folioAccessToken=") else { continue }
            token = String(first.dropFirst("folioAccessToken=".count))
            let age = parts.first { $0.lowercased().hasPrefix("max-age=") }.flatMap { Int($0.dropFirst(8)) } ?? 600
            tokenUntil = now + (Duration.seconds(min(max(age, 60), 86_400)) - Self.margin)
            return
        }
        throw PullFlaw(found: "a login without token")
    }

    /// UUIDs: anything else has no place in a query.
    private static func isOfIdentifier(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D
    }
}
