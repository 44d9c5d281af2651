package import FoundationEssentials

/// One entry of the journal of security changes: `GET /v1/security/journal`. Nothing in it says who borrowed what.
package struct SecurityEntry: Codable, Hashable, Sendable {
    /// Counted from 1 and never used again; `before` goes on from it.
    package var id: Int64
    /// Of the item whose tags these are.
    package var barcode: String
    /// What the tags were to say.
    package var want: SecurityRequest.Want
    /// check-out, check-in, staff, repair.
    package var cause: String
    /// The reader.
    package var device: String
    /// When it was written down, which is before the first write to a tag.
    package var at: Date
    /// Whether the loan or return is known to stand; `true` where nobody had to be asked.
    package var isAgreed: Bool
    /// done, unchanged, undone …; `nil` when it was cut off before anything was known.
    package var outcome: String?
    /// The outcome in words; `nil` as long as there is none.
    package var reason: String?
    /// When tags, journal and library system agreed; `nil` while the change is open.
    package var settledAt: Date?
    /// Every tag that was to be changed: what it said before, and what was read back last.
    package var parts: [SecurityResult.Part]

    package init(
        id: Int64,
        barcode: String,
        want: SecurityRequest.Want,
        cause: String,
        device: String,
        at: Date,
        isAgreed: Bool,
        outcome: String?,
        reason: String?,
        settledAt: Date?,
        parts: [SecurityResult.Part]
    ) {
        self.id = id
        self.barcode = barcode
        self.want = want
        self.cause = cause
        self.device = device
        self.at = at
        self.isAgreed = isAgreed
        self.outcome = outcome
        self.reason = reason
        self.settledAt = settledAt
        self.parts = parts
    }
}
