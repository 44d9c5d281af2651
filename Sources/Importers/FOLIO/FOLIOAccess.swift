import Library

/// The right to ask FOLIO something: a token from `/authn/login-with-expiry` as a cookie or, where that is not known,
/// from `/authn/login` as a header.
struct FOLIOAccess: Sendable {
    private let credentials: PullCredentials
    private let tenant: String
    private var token: (text: String, until: Moment?)?
    private var usesOldLogin = false

    private static let margin = Duration.seconds(30)

    init(_ credentials: PullCredentials, tenant: String) {
        self.credentials = credentials
        self.tenant = tenant
    }

    /// The headers of a request; `nil` when somebody has to log in first.
    func headers(at now: Moment) -> [String: String]? {
        guard let token, token.until.map({ now < $0 }) ?? true else { return nil }
        return ["x-okapi-tenant": tenant, "x-okapi-token": token.text, "accept": "application/json"]
    }

    var login: PullRequest? {
        guard case .password(let user, let password) = credentials else { return nil }
        let body = "{\"username\":\(PullText.json(user)),\"password\":\(PullText.json(password))}"
        return PullRequest(
            .post,
            usesOldLogin ? "/authn/login" : "/authn/login-with-expiry",
            headers: ["x-okapi-tenant": tenant, "content-type": "application/json", "accept": "application/json"],
            body: Array(body.utf8)
        )
    }

    mutating func takeToken(_ response: PullResponse, at now: Moment) throws(PullFlaw) {
        if let header = response.headers["x-okapi-token"] {
            token = (header, nil)
            return
        }
        for line in (response.headers["set-cookie"] ?? "").split(separator: "\n") {
            let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let first = parts.first, first.hasPrefix("folioAccessToken=") else { continue }
            let age = parts.first { $0.lowercased().hasPrefix("max-age=") }.flatMap { Int($0.dropFirst(8)) } ?? 600
            let life = Duration.seconds(min(max(age, 60), 86_400))
            token = (String(first.dropFirst("folioAccessToken=".count)), now + (life - Self.margin))
            return
        }
        throw PullFlaw(found: "a login without token")
    }

    /// Forgets a token that the system does not take any more; false when there is none.
    mutating func forgetToken() -> Bool {
        guard token != nil else { return false }
        token = nil
        return true
    }

    /// Systems from before tokens that run out do not know the newer login: 404, from Okapi as from Kong. A 400 is what
    /// a wrong password may be answered with, and is not tried a second time: accounts are locked after a few.
    mutating func hasOtherLogin(after status: Int) -> Bool {
        guard status == 404, !usesOldLogin else { return false }
        usesOldLogin = true
        return true
    }
}
