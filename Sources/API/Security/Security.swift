/// Asks for an item's tags to be released or secured: `POST /v1/readers/{name}/security`.
package struct SecurityRequest: Codable, Hashable, Sendable {
    /// What the tags of an item shall say to the gate.
    package enum Want: String, Codable, Hashable, Sendable, CaseIterable {
        /// The item may leave: alarm off.
        case released
        /// The item stays: alarm on.
        case secured
    }

    /// What the caller has done before it asks.
    package enum Cause: String, Codable, Hashable, Sendable, CaseIterable {
        /// The library system has made a loan, by the caller's own question: the tags follow it, whatever goes wrong
        /// now.
        case checkout
        /// The library system has taken the item back.
        case checkin
        /// Nothing: somebody wants it so. A release that fails in the middle is taken back.
        case staff
    }

    /// The item's, as its tags or the holdings have it; all its parts have to lie there.
    package var barcode: String
    /// What every part of the item shall say afterwards.
    package var want: Want
    /// Absent: staff.
    package var cause: Cause?

    package init(barcode: String, want: Want, cause: Cause? = nil) {
        self.barcode = barcode
        self.want = want
        self.cause = cause
    }
}

/// What became of a security change: never more than what was read back.
package struct SecurityResult: Codable, Hashable, Sendable {
    /// How it ended, by what was read back.
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// Every part was read back with the value asked for.
        case done
        /// Every part had the value already.
        case unchanged
        /// Nothing was written.
        case refused
        /// Written or begun, and not read back: the item counts as armed.
        case uncertain
        /// Some parts or all still have the old value.
        case failed
    }

    /// One tag of the item.
    package struct Part: Codable, Hashable, Sendable {
        /// 16 hexadecimal digits, beginning with `E0`.
        package var uid: String
        /// AFI; `nil` where it was not read or does not matter.
        package var before: UInt8?
        /// As read back; `nil` where the tag was not read back.
        package var after: UInt8?
        /// EAS, where the site uses it.
        package var beforeEAS: Bool?
        /// As read back; `nil` where the tag was not read back, or the site does not use it.
        package var afterEAS: Bool?

        package init(
            uid: String,
            before: UInt8?,
            after: UInt8?,
            beforeEAS: Bool? = nil,
            afterEAS: Bool? = nil
        ) {
            self.uid = uid
            self.before = before
            self.after = after
            self.beforeEAS = beforeEAS
            self.afterEAS = afterEAS
        }
    }

    /// Of the item whose tags these are.
    package var barcode: String
    /// What was asked for.
    package var want: SecurityRequest.Want
    /// How it ended, all parts together.
    package var outcome: Outcome
    /// The outcome in words, notes of the devices behind it; lower case, no period.
    package var reason: String
    /// What the person at the reader should do; `nil` where nothing is to be done.
    package var hint: String?
    /// Every tag of the item; empty when it was refused before anything was written down.
    package var parts: [Part]

    package init(
        barcode: String,
        want: SecurityRequest.Want,
        outcome: Outcome,
        reason: String,
        hint: String?,
        parts: [Part]
    ) {
        self.barcode = barcode
        self.want = want
        self.outcome = outcome
        self.reason = reason
        self.hint = hint
        self.parts = parts
    }
}
