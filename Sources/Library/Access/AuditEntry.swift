/// Something that somebody has changed, or tried to: who, in what role, what, when, and what came of it. Never a
/// patron.
package struct AuditEntry: Hashable, Sendable {
    /// Counted from 1 without a gap, so that a missing number shows; 0 before the entry is written.
    package typealias ID = Int64

    package var id: ID
    /// When it was done, or tried.
    package var at: Moment
    /// A token's name, `uid 1000`, `loopback`; over a workstation dialect the page's origin.
    package var who: String
    /// Empty where somebody had none.
    package var role: String
    /// By what somebody was known: `token`, `session`, `socket`, `loopback`, or the dialect's name.
    package var means: String
    /// The address.
    package var peer: String
    /// Method and route: `POST /v1/readers/{name}/security`; method and name of a dialect.
    package var action: String
    /// The path as it was asked for: `/v1/readers/pad-1/security`.
    package var target: String
    /// HTTP status.
    package var result: Int
    /// SHA-256 over the entry and the one before it, 32 bytes.
    package var chain: [UInt8]

    package init(
        id: ID = 0,
        at: Moment,
        who: String,
        role: String,
        means: String,
        peer: String,
        action: String,
        target: String,
        result: Int,
        chain: [UInt8] = []
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

/// Whether the audit log is as it was written.
package struct AuditVerdict: Hashable, Sendable {
    /// Entries looked at.
    package var count: Int
    /// The last of them: its number and hash, to be noted elsewhere and compared later.
    package var last: AuditEntry.ID
    /// The hash of that last entry, 32 bytes.
    package var chain: [UInt8]
    /// What is wrong, and from which entry on; `nil` when nothing is.
    package var fault: String?

    package init(count: Int, last: AuditEntry.ID, chain: [UInt8], fault: String?) {
        self.count = count
        self.last = last
        self.chain = chain
        self.fault = fault
    }
}
