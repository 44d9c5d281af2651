/// What a library has decided about its tags where standards and vendors disagree; the defaults suit most.
package struct SiteProfile: Hashable, Sendable {
    /// The data models tags may be converted to.
    package enum Target: String, Hashable, Sendable, CaseIterable {
        case iso28560Part2 = "iso28560-2"
        case iso28560Part3 = "iso28560-3"
    }

    /// The model that tags are converted to.
    package var target = Target.iso28560Part2
    /// The ISIL written on tags that carry none.
    package var ownerInstitution: String?
    /// Further owners whose items are the library's own: branches, former ISILs, codes of older models.
    package var furtherOwners: Set<String> = []
    /// The elements written; title and interlibrary loan stay off tags unless a library asks for them, since anybody
    /// with a telephone can read them (EN 16571).
    package var elements: Set<DataElement> = [
        .primaryItemIdentifier, .ownerInstitution, .setInformation, .typeOfUsage,
    ]
    /// The elements to lock in ISO 28560-2; none, because locking is for ever.
    package var lockedElements: Set<DataElement> = []
    /// How ISO 28560-2 is written.
    package var style = Part2Style.standard
    /// How ISO 28560-3 is written.
    package var part3Style = Part3Style.standard
    /// Tags of ISO 28560-3 whose checksum is wrong are converted all the same when everything else looks right: some
    /// old systems never computed it. A wrong checksum stays a bad read everywhere else.
    package var acceptsWrongChecksums = false
    /// How doubtful tags are read, before any conversion.
    package var reading = ReadingRules.standard
    /// Which AFI means in stock and which on loan.
    package var security = AFISecurity()
    /// Tags whose blocks are reversed stay so when they are rewritten as ISO 28560-3.
    package var keepsReversedBlocks = true
    /// Tags without any owner are converted without being asked item by item.
    package var convertsTagsWithoutOwner = false

    package init() {}
}

extension SiteProfile {
    /// Whether an owner found on a tag is the library itself; ISILs that differ in letter case only are the same
    /// (ISO 15511).
    package func owns(_ owner: String) -> Bool {
        let wanted = owner.lowercased()
        return ownerInstitution?.lowercased() == wanted || furtherOwners.contains { $0.lowercased() == wanted }
    }
}

/// How a library uses the application family identifier as its theft bit.
package struct AFISecurity: Hashable, Sendable {
    /// What an AFI says about an item.
    package enum State: String, Hashable, Sendable {
        /// In stock: the gate shall sound.
        case armed
        /// On loan: the gate shall be silent.
        case disarmed
        /// Neither value; not to be "repaired", the tag may belong to somebody else.
        case unknown
    }

    /// In stock, 07 nearly everywhere.
    package var armed: UInt8
    /// On loan, C2 nearly everywhere; 21 in older German systems.
    package var disarmed: UInt8

    package init(armed: UInt8 = 0x07, disarmed: UInt8 = 0xC2) {
        self.armed = armed
        self.disarmed = disarmed
    }

    /// `nil`, the AFI of a tag that has none or was not asked, is unknown too.
    package func state(of afi: UInt8?) -> State {
        switch afi {
        case armed: .armed
        case disarmed: .disarmed
        default: .unknown
        }
    }
}
