package import FoundationEssentials

/// One entry of the journal of security changes: `GET /v1/security/journal`. Nothing in it says who borrowed what.
package struct SecurityEntry: Codable, Hashable, Sendable {
    package var id: Int64
    package var barcode: String
    package var want: SecurityRequest.Want
    /// check-out, check-in, staff, repair.
    package var cause: String
    /// The reader.
    package var device: String
    package var at: Date
    /// Whether the loan or return is known to stand; `true` where nobody had to be asked.
    package var isAgreed: Bool
    /// done, unchanged, undone …; `nil` when it was cut off before anything was known.
    package var outcome: String?
    package var reason: String?
    /// When tags, journal and library system agreed; `nil` while the change is open.
    package var settledAt: Date?
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
