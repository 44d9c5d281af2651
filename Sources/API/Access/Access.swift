package import FoundationEssentials

/// What somebody is here for; docs/access.md says which role may do what.
package enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    case viewer, technician, desk, kiosk, admin
}

/// Asks for a token: `POST /v1/tokens`.
package struct TokenRequest: Codable, Hashable, Sendable {
    /// 1 to 64 letters, digits and `-._`; a desk or a machine rather than a person.
    package var name: String
    /// What the token allows; `kiosk` only at its own pad.
    package var role: Role
    /// Only at these readers; without readers and gates everywhere.
    package var readers: [String]?
    /// Only at these gates; without readers and gates everywhere.
    package var gates: [String]?
    /// 1 to 3650; until it is revoked when left out.
    package var days: Int?

    package init(name: String, role: Role, readers: [String]? = nil, gates: [String]? = nil, days: Int? = nil) {
        self.name = name
        self.role = role
        self.readers = readers
        self.gates = gates
        self.days = days
    }
}

/// A token: `GET /v1/tokens`. What opens it is told once, when it is made, and kept nowhere.
package struct TokenView: Codable, Hashable, Sendable {
    /// As it was asked for, `desk-1`; the audit log names the caller by it.
    package var name: String
    /// What it allows; docs/access.md has the table.
    package var role: Role
    /// Names of the readers it is limited to, in alphabetical order; empty with no gates either: everywhere.
    package var readers: [String]
    /// Names of the gates it is limited to, in alphabetical order; empty with no readers either: everywhere.
    package var gates: [String]
    /// When `POST /v1/tokens` made it.
    package var createdAt: Date
    /// From then on it opens nothing; `nil`: good until it is revoked.
    package var expiresAt: Date?
    /// To the minute.
    package var lastUsedAt: Date?
    /// From then on it opens nothing, and neither do the sessions begun with it; `nil`: not revoked.
    package var revokedAt: Date?

    package init(
        name: String,
        role: Role,
        readers: [String],
        gates: [String],
        createdAt: Date,
        expiresAt: Date?,
        lastUsedAt: Date?,
        revokedAt: Date?
    ) {
        self.name = name
        self.role = role
        self.readers = readers
        self.gates = gates
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }
}

/// A new token and what opens it.
package struct TokenCreated: Codable, Hashable, Sendable {
    /// The token as `GET /v1/tokens` lists it from now on.
    package var token: TokenView
    /// Told this once.
    package var secret: String

    package init(token: TokenView, secret: String) {
        self.token = token
        self.secret = secret
    }
}

/// Signs a browser in: `POST /v1/session`. The answer sets a cookie.
package struct SignInRequest: Codable, Hashable, Sendable {
    /// The secret of a token as it was told once, `pressmark_…`.
    package var token: String

    package init(token: String) {
        self.token = token
    }
}

/// Who the daemon takes the caller for: `GET /v1/session`.
package struct SessionState: Codable, Hashable, Sendable {
    /// By what the daemon knows a caller; docs/access.md says which comes first.
    package enum Means: String, Codable, Hashable, Sendable, CaseIterable {
        case token, session, socket, loopback, nobody
    }

    /// The token's name, or `uid 1000`.
    package var name: String
    /// `nil`: nothing is allowed but to sign in.
    package var role: Role?
    /// Names of the readers where the role holds; with `gates` empty too: everywhere.
    package var readers: [String]
    /// Names of the gates where the role holds; with `readers` empty too: everywhere.
    package var gates: [String]
    /// By what the caller is known.
    package var means: Means

    package init(name: String, role: Role?, readers: [String], gates: [String], means: Means) {
        self.name = name
        self.role = role
        self.readers = readers
        self.gates = gates
        self.means = means
    }
}
