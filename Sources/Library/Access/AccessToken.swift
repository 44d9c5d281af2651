/// A token by which a program or a person is known; what is typed in for it is kept nowhere.
package struct AccessToken: Hashable, Sendable {
    /// Counted from 1 and never used again.
    package typealias ID = Int64

    package var id: ID
    /// What it is called in lists and in the audit log: a desk or a machine rather than a person.
    package var name: String
    /// What it may do, at the places of ``scope``.
    package var role: AccessRole
    /// Where it may do that.
    package var scope: AccessScope
    /// When it was made.
    package var createdAt: Moment
    /// `nil`: until it is revoked.
    package var expiresAt: Moment?
    /// To the minute.
    package var lastUsedAt: Moment?
    /// When it was taken back; `nil` while nobody did.
    package var revokedAt: Moment?

    package init(
        id: ID,
        name: String,
        role: AccessRole,
        scope: AccessScope = .everywhere,
        createdAt: Moment,
        expiresAt: Moment? = nil,
        lastUsedAt: Moment? = nil,
        revokedAt: Moment? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// Whether it opens anything at this moment.
    package func isGood(at moment: Moment) -> Bool {
        revokedAt == nil && (expiresAt.map { moment < $0 } ?? true)
    }
}
