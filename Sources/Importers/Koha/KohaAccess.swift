import Library

/// The right to ask Koha something: user and password in each request, or a token for client credentials that is
/// fetched anew before it runs out.
struct KohaAccess: Sendable {
    private let credentials: PullCredentials
    private var token: (text: String, until: Moment)?

    /// A token is renewed so long before it runs out.
    private static let margin = Duration.seconds(30)

    init(_ credentials: PullCredentials) {
        self.credentials = credentials
    }

    /// What stands in the header `authorization`; `nil` when a token has to be fetched first.
    func authorization(at now: Moment) -> String? {
        switch credentials {
        case .password(let user, let password): "Basic \(PullText.base64("\(user):\(password)"))"
        case .client: token.flatMap { now < $0.until ? "Bearer \($0.text)" : nil }
        }
    }

    /// Asks for a token; `nil` where none is needed.
    var tokenRequest: PullRequest? {
        guard case .client(let identifier, let secret) = credentials else { return nil }
        let form =
            "grant_type=client_credentials&client_id=\(PullText.encoded(identifier))"
            + "&client_secret=\(PullText.encoded(secret))"
        return PullRequest(
            .post,
            "/api/v1/oauth/token",
            headers: ["content-type": "application/x-www-form-urlencoded", "accept": "application/json"],
            body: Array(form.utf8)
        )
    }

    mutating func takeToken(_ body: [UInt8], at now: Moment) throws(PullFlaw) {
        let answer = try PageScan.value(body)
        guard let text = answer["access_token"]?.text else { throw PullFlaw(found: "an answer without access_token") }
        let seconds = answer["expires_in"]?.text.flatMap { Int($0) } ?? 3600
        let life = Duration.seconds(min(max(seconds, 60), 86_400))
        token = (text, now + (life - Self.margin))
    }

    /// Forgets a token that the system does not take any more; false when there is none.
    mutating func forgetToken() -> Bool {
        guard token != nil else { return false }
        token = nil
        return true
    }
}
