package import Tags

/// How a site marks its items as in the library or on loan, and whose tags it may write to.
///
/// Values other than the site's own are left alone, whatever they mean elsewhere (datamodels §2.2).
package struct SecurityPolicy: Hashable, Sendable {
    /// The AFI written to items in the library; 07 in ISO 28560 practice.
    package var armedValue: UInt8
    /// The AFI written to items on loan; C2 in ISO 28560 practice.
    package var disarmedValue: UInt8
    /// Values of older tags that count as armed too.
    package var alsoArmed: Set<UInt8>
    /// Values of older tags that count as disarmed too.
    package var alsoDisarmed: Set<UInt8>
    /// By which means gates tell what is lent: it decides what is written to tags and what is read of them.
    package var mechanism: SecurityMechanism
    /// The site's own ISILs, as on its tags.
    package var ownInstitutions: Set<String>
    /// Whether a tag that names no owner may be one of ours.
    package var acceptsTagsWithoutOwner: Bool
    /// What each device does about each pair of tags and item.
    package var table: SecurityTable
    /// Up to which age the holdings, or our own journal, are taken to know the loans of the moment.
    package var freshness: Duration
    /// What becomes of a release without a loan that was cut off; what arms, or belongs to a loan, is finished unless
    /// something newer is known.
    package var unfinished: UnfinishedRule

    package init(
        armedValue: UInt8 = 0x07,
        disarmedValue: UInt8 = 0xC2,
        alsoArmed: Set<UInt8> = [],
        alsoDisarmed: Set<UInt8> = [],
        mechanism: SecurityMechanism = .afi,
        ownInstitutions: Set<String> = [],
        acceptsTagsWithoutOwner: Bool = true,
        table: SecurityTable = .standard,
        freshness: Duration = .seconds(900),
        unfinished: UnfinishedRule = .finish
    ) {
        self.armedValue = armedValue
        self.disarmedValue = disarmedValue
        self.alsoArmed = alsoArmed
        self.alsoDisarmed = alsoDisarmed
        self.mechanism = mechanism
        self.ownInstitutions = ownInstitutions
        self.acceptsTagsWithoutOwner = acceptsTagsWithoutOwner
        self.table = table
        self.freshness = freshness
        self.unfinished = unfinished
    }

    /// The AFI that is written for `state`.
    package func value(for state: SecurityState) -> UInt8 {
        switch state {
        case .armed: armedValue
        case .disarmed: disarmedValue
        }
    }

    /// Every AFI that means something at this site, its own two in front.
    package var values: [UInt8] { [armedValue, disarmedValue] + alsoArmed.union(alsoDisarmed).sorted() }

    /// What the site's own rules find wrong with these values; empty when they can be used.
    package var problems: [String] {
        let both = alsoArmed.union([armedValue]).intersection(alsoDisarmed.union([disarmedValue]))
        guard !both.isEmpty else { return [] }
        return ["AFI \(both.sorted().map(Self.text).joined(separator: ", ")) stands for armed and for disarmed"]
    }

    /// Two hexadecimal digits.
    package static func text(_ afi: UInt8) -> String {
        (afi < 0x10 ? "0" : "") + String(afi, radix: 16, uppercase: true)
    }
}

/// By which means gates tell an item on loan from one in the library.
package enum SecurityMechanism: String, Hashable, Sendable, CaseIterable {
    case afi, eas
    /// A tag is disarmed only when both say so.
    case both
}

/// Whose item a tag is on, as far as the tag says.
package enum TagOwner: Hashable, Sendable {
    case own
    /// The tag names no owner and the site takes such tags for its own.
    case assumedOwn
    /// The tag names no owner and the site does not take such tags for its own.
    case unnamed
    case other(String)

    /// Whether the site may treat the item as its own.
    package var isOurs: Bool {
        switch self {
        case .own, .assumedOwn: true
        case .unnamed, .other: false
        }
    }
}

extension SecurityPolicy {
    /// Whose tag it is; a site that has named no ISIL of its own takes every owner for itself. ISILs that differ in
    /// letter case only are the same (ISO 15511).
    package func owner(_ institution: String?) -> TagOwner {
        guard let institution, !institution.isEmpty else { return acceptsTagsWithoutOwner ? .assumedOwn : .unnamed }
        if ownInstitutions.isEmpty || ownInstitutions.contains(institution) { return .own }
        let wanted = institution.lowercased()
        return ownInstitutions.contains { $0.lowercased() == wanted } ? .own : .other(institution)
    }

    /// Whose item a tag is on whose AFI or EAS shall be changed, by all that the tag says of its owner.
    ///
    /// The ISIL decides. A library's own code in its place (element 23) proves the item ours where the site lists it; one
    /// that it does not list proves little, since a program in wide use wrote the same on all tags of FR01 (datamodels
    /// §7.2): such a tag counts as one without owner. Memory is written over only where ``LibraryTag/anyOwner`` is ours:
    /// AFI and EAS may be changed where that must not be (datamodels §8).
    package func owner(of tag: LibraryTag) -> TagOwner {
        let named = owner(tag.anyOwner)
        guard tag.ownerInstitution == nil, case .other = named, acceptsTagsWithoutOwner else { return named }
        return .assumedOwn
    }
}
