/// Asks for the items on a pad to be brought into another data model: `POST /v1/readers/{name}/conversions`.
package struct ConversionRequest: Codable, Hashable, Sendable {
    /// The items to convert; empty for all that lie there.
    package var barcodes: [String]
    /// `iso28560-2` or `iso28560-3`.
    package var target: String
    /// Only tell what would be done.
    package var dryRun: Bool
    /// Convert tags of ISO 28560-3 whose checksum is wrong as well; left out, the configuration decides.
    package var acceptWrongChecksums: Bool?
    /// Lock for ever what the configuration wants locked; left out, nothing is.
    package var reallyLock: Bool?

    package init(
        barcodes: [String],
        target: String,
        dryRun: Bool,
        acceptWrongChecksums: Bool? = nil,
        reallyLock: Bool? = nil
    ) {
        self.barcodes = barcodes
        self.target = target
        self.dryRun = dryRun
        self.acceptWrongChecksums = acceptWrongChecksums
        self.reallyLock = reallyLock
    }
}

/// What became of the tags on the pad: never more than what was read back.
package struct ConversionResult: Codable, Hashable, Sendable {
    /// What became of one tag; `converted`, `unchanged` and `planned` are as it was wanted.
    package enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
        /// Written and read back whole.
        case converted
        /// The tag is as it shall be already.
        case unchanged
        /// A dry run: this is what would be written.
        case planned
        /// Nothing was written.
        case refused
        /// A write to the tag was cut off earlier: it reads as no item. Nothing was written.
        case cutOff
        /// It could not be read; nothing was written.
        case notRead
        /// Begun and not brought to its end; the reason says where the tag stands.
        case stopped
    }

    /// One tag on the pad and what became of it.
    package struct Tag: Codable, Hashable, Sendable {
        /// 16 hexadecimal digits, beginning with `E0`.
        package var uid: String
        /// As the tag says, or as it said when it was read last; `nil` when it was never known.
        package var barcode: String?
        /// The data model found on the tag; `nil` when it could not be read.
        package var model: String?
        /// What the tag is taken for afterwards.
        package var outcome: Outcome
        /// The outcome in words; lower case, no period.
        package var reason: String
        /// What the person at the pad should do; `nil` where all went as wanted.
        package var hint: String?
        /// Blocks in the order in which they are written, one of them perhaps twice; `nil` where there is no plan.
        package var blocks: [Int]?
        /// What the tag is when it is taken away between two writes.
        package var interruption: String?
        /// What is not carried over, by name and never by value.
        package var leftOut: [String]
        /// More for the person at the pad, one thing each; empty as a rule.
        package var notes: [String]

        package init(
            uid: String,
            barcode: String?,
            model: String?,
            outcome: Outcome,
            reason: String,
            hint: String?,
            blocks: [Int]?,
            interruption: String?,
            leftOut: [String],
            notes: [String]
        ) {
            self.uid = uid
            self.barcode = barcode
            self.model = model
            self.outcome = outcome
            self.reason = reason
            self.hint = hint
            self.blocks = blocks
            self.interruption = interruption
            self.leftOut = leftOut
            self.notes = notes
        }
    }

    /// The data model that was asked for: `iso28560-2` or `iso28560-3`.
    package var target: String
    /// Whether nothing was to be written.
    package var dryRun: Bool
    /// The tags on the pad that the request is about.
    package var tags: [Tag]
    /// Items asked for of which no tag was found on the pad.
    package var missing: [String]
    /// Tags by outcome; an outcome that no tag had is left out.
    package var totals: [String: Int]

    /// Counts the tags by their outcome into ``totals``.
    package init(target: String, dryRun: Bool, tags: [Tag], missing: [String]) {
        self.target = target
        self.dryRun = dryRun
        self.tags = tags
        self.missing = missing
        totals = Dictionary(tags.map { ($0.outcome.rawValue, 1) }, uniquingKeysWith: +)
    }

    /// Whether every tag and item asked for is, or would be, as it was wanted.
    package var isWhole: Bool {
        missing.isEmpty && tags.allSatisfy { [.converted, .unchanged, .planned].contains($0.outcome) }
    }
}
