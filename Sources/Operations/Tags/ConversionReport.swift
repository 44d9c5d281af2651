package import Library
package import Tags

/// What became of one tag on the pad that was to be converted.
package struct ConversionReport: Hashable, Sendable {
    /// How it ended, by what was read back.
    package enum End: Hashable, Sendable {
        /// Every byte was read back as planned, and nothing else has changed.
        case converted
        /// The tag is as it shall be already.
        case unchanged
        /// A dry run: the plan was made and nothing was written.
        case planned
        case refused(ConversionRefusal)
        /// The tag reads as no item now and was one when it was read last: a write to it was cut off.
        case cutOff(was: TagRecord, ConversionRefusal)
        /// It says another item than when it was read last, and nobody named it: ISO 28560-2 has no checksum, so that a
        /// block torn in the middle may have made the number.
        case otherItem(was: TagRecord)
        /// It could not be read, so nothing was written.
        case notRead(String)
        case stopped(ConversionStop)
    }

    /// As told by the inventory.
    package var uid: TagUID
    /// As the tag says, or as it said when it was read last.
    package var barcode: String?
    /// The data model found on the tag; `nil` when it could not be read.
    package var model: String?
    /// What was written, or would be; `nil` when the tag was refused before a plan was followed.
    package var plan: WritePlan?
    /// How it ended.
    package var end: End
    /// For the person at the pad.
    package var notes: [String] = []

    package init(uid: TagUID, barcode: String? = nil, model: String? = nil, plan: WritePlan? = nil, end: End) {
        self.uid = uid
        self.barcode = barcode
        self.model = model
        self.plan = plan
        self.end = end
    }
}

/// Where a conversion that could not be brought to its end has left its tag.
package struct ConversionStop: Hashable, Sendable {
    /// What the tag was found to be after it went wrong.
    package enum Standing: Hashable, Sendable {
        /// Its memory is as it was before.
        case untouched
        /// It reads as this item in this data model, though not all is written.
        case item(String, model: String)
        case noItem(reason: String)
        /// It could not be read any more.
        case unknown
    }

    /// Writes that were read back, and how many there would have been.
    package var verified: Int
    /// Writes that the plan has.
    package var of: Int
    /// What went wrong, lower case, no period.
    package var reason: String
    /// What the tag is now.
    package var standing: Standing

    package init(verified: Int, of: Int, reason: String, standing: Standing) {
        self.verified = verified
        self.of = of
        self.reason = reason
        self.standing = standing
    }
}

extension ConversionStop.Standing: CustomStringConvertible {
    package var description: String {
        switch self {
        case .untouched: "the tag is as it was"
        case .item(let barcode, let model): "the tag reads as item \(barcode) in \(model)"
        case .noItem(let reason): "the tag reads as no item: \(reason)"
        case .unknown: "nobody knows what the tag holds, it could not be read any more"
        }
    }
}

extension ConversionReport.End: CustomStringConvertible {
    package var description: String {
        switch self {
        case .converted: "converted and read back"
        case .unchanged: "as it shall be already"
        case .planned: "planned, nothing was written"
        case .refused(let refusal): "\(refusal)"
        case .cutOff(let record, let refusal):
            "a write was cut off: \(refusal); it was \(record.barcode ?? "no item") in \(record.model)"
        case .otherItem(let record):
            "the tag says another item than when it was read last, which was \(record.barcode ?? "none")"
        case .notRead(let cause): cause
        case .stopped(let stop):
            "\(stop.verified) of \(stop.of) writes were read back, then \(stop.reason); \(stop.standing)"
        }
    }

    /// What to do about it; `nil` where nothing has to be done or there is no advice.
    package var hint: String? {
        switch self {
        case .converted, .unchanged, .planned: nil
        case .refused(let refusal): refusal.hint
        case .cutOff:
            "compare with the item in hand and write its tag anew; pressmark tag encode --over plans the writes"
        case .otherItem: "compare with the item in hand, and name its barcode to convert it all the same"
        case .notRead: "lay the item flat in the middle of the pad and try again"
        case .stopped: "lay the item on the pad again and see pressmark tag read before it goes back to the shelf"
        }
    }
}
