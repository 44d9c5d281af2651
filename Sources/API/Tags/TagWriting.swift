/// Asks for an item to be written on one tag by the site's profile: `POST /v1/readers/{name}/tags/{uid}`.
///
/// Only a blank tag, or one of the same item of this library, is written to; nothing is ever locked.
package struct TagWritingRequest: Codable, Hashable, Sendable {
    /// 1 to 200 bytes.
    package var barcode: String
    /// Parts of the item, 1 to 255, and which of them this is; one of one when left out.
    package var parts: Int?
    /// 1 to `parts`.
    package var part: Int?
    /// What the tag shall say to the gate afterwards; absent: secured.
    package var want: SecurityRequest.Want?
    /// Write a barcode that the holdings do not know: somebody has compared it with the item in hand.
    package var acceptUnknown: Bool?

    package init(
        barcode: String,
        parts: Int? = nil,
        part: Int? = nil,
        want: SecurityRequest.Want? = nil,
        acceptUnknown: Bool? = nil
    ) {
        self.barcode = barcode
        self.parts = parts
        self.part = part
        self.want = want
        self.acceptUnknown = acceptUnknown
    }
}

/// What became of the writing: never more than what was read back.
package struct TagWritingResult: Codable, Hashable, Sendable {
    /// How it ended, by what was read back.
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// Every block and the security value were read back as wanted.
        case written
        /// Nothing was written.
        case refused
        /// Not begun, or begun and not brought to its end; the reason says why.
        case failed
    }

    /// The tag that was to be written to, 16 hexadecimal digits.
    package var uid: String
    /// As it was asked for.
    package var barcode: String
    /// How it ended.
    package var outcome: Outcome
    /// The outcome in words; lower case, no period.
    package var reason: String
    /// What the person at the pad should do; `nil` when it is written.
    package var hint: String?

    package init(uid: String, barcode: String, outcome: Outcome, reason: String, hint: String? = nil) {
        self.uid = uid
        self.barcode = barcode
        self.outcome = outcome
        self.reason = reason
        self.hint = hint
    }
}
