/// Asks that items be put right: `POST /v1/security/repair`.
package struct SecurityRepairRequest: Codable, Hashable, Sendable {
    /// `nil`: everything that is open.
    package var items: [String]?
    /// Only what lies on this reader; `nil` for any.
    package var reader: String?

    package init(items: [String]? = nil, reader: String? = nil) {
        self.items = items
        self.reader = reader
    }
}

/// What became of an item that was to be put right.
package struct SecurityRepair: Codable, Hashable, Sendable {
    /// What became of it, or why nothing did.
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// Written and read back, or what was cut off has come to its end.
        case repaired
        /// It says what it must.
        case right
        /// It is on no reader, or its tags cannot be reached now: tried again when they are heard.
        case waits
        /// Nothing was written, and nothing will be until somebody does something.
        case refused
        /// Written to, and not read back as it must be: it counts as armed.
        case failed
    }

    /// The one that the holdings file the item under, whichever was asked for.
    package var barcode: String
    /// The reader on which it lies; `nil` when it lies on none that may write.
    package var device: String?
    /// How the item stands now.
    package var outcome: Outcome
    /// The outcome in words; lower case, no period.
    package var reason: String
    /// What to do; `nil` where nothing is to be done.
    package var hint: String?

    package init(barcode: String, device: String?, outcome: Outcome, reason: String, hint: String?) {
        self.barcode = barcode
        self.device = device
        self.outcome = outcome
        self.reason = reason
        self.hint = hint
    }
}
