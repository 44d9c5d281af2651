package import FoundationEssentials

/// Something that somebody has changed, or tried to: `GET /v1/audit`, the newest first. Never a patron.
package struct AuditNote: Codable, Hashable, Sendable {
    /// Number of the entry in the log.
    package var id: Int64
    /// When the daemon wrote it down.
    package var at: Date
    /// A token's name, `uid 1000`, `loopback`; over a workstation dialect the page's origin; `pressmarkd` itself.
    package var who: String
    /// Empty where somebody had none.
    package var role: String
    /// By what somebody was known: `token`, `session`, `socket`, `loopback`, or the dialect's name; `start` where the
    /// daemon itself did something when it started.
    package var means: String
    /// IP address of the caller, an IPv6 one as its network, `2001:db8:1:2::/64`; `local` over the unix socket and
    /// a dialect.
    package var peer: String
    /// Method and route: `POST /v1/readers/{name}/security`; method and name of a dialect; `restore` when a backup took
    /// the place of the database.
    package var action: String
    /// The path as it was asked for; of a restored database the file that has the one before.
    package var target: String
    /// HTTP status.
    package var result: Int
    /// SHA-256 over the entry and the one before it, in hexadecimal.
    package var chain: String

    package init(
        id: Int64,
        at: Date,
        who: String,
        role: String,
        means: String,
        peer: String,
        action: String,
        target: String,
        result: Int,
        chain: String
    ) {
        self.id = id
        self.at = at
        self.who = who
        self.role = role
        self.means = means
        self.peer = peer
        self.action = action
        self.target = target
        self.result = result
        self.chain = chain
    }
}

/// Whether the audit log is as it was written: `GET /v1/audit/verification`.
package struct AuditVerification: Codable, Hashable, Sendable {
    /// Whether every entry's hash fits it and the entry before it; `fault` says why not.
    package var isWhole: Bool
    /// Entries that were looked at.
    package var entries: Int
    /// Number and hash of the last one: noted elsewhere, they show later whether the log was written anew.
    package var last: Int64
    /// SHA-256 of the last entry, 64 hexadecimal digits.
    package var chain: String
    /// What is wrong, and from which entry on.
    package var fault: String?

    package init(isWhole: Bool, entries: Int, last: Int64, chain: String, fault: String?) {
        self.isWhole = isWhole
        self.entries = entries
        self.last = last
        self.chain = chain
        self.fault = fault
    }
}
