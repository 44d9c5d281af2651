/// What a tag's bytes say about the item it is stuck to, with everything needed to judge and to show it.
///
/// Decoding never fails: bytes that cannot be understood end up in `problems`.
package struct LibraryTag: Hashable, Sendable {
    /// The data model's name: `iso28560-2`, `iso28560-3`, `3m`, `fr01`, `dm11`, `blank`, `raw`.
    package var model: String
    package var recognition: Recognition
    /// The item's barcode as a rule.
    package var primaryItemIdentifier: String?
    /// ISIL of the owner, with its hyphen (ISO 15511).
    package var ownerInstitution: String?
    package var setInformation: SetInformation?
    package var typeOfUsage: TypeOfUsage?
    /// Every field found, in memory order.
    package var elements: [TagElement]
    package var checksum: TagChecksum?
    /// What is wrong or odd, in words for a technician.
    package var problems: [String]

    package init(
        model: String,
        recognition: Recognition,
        primaryItemIdentifier: String? = nil,
        ownerInstitution: String? = nil,
        setInformation: SetInformation? = nil,
        typeOfUsage: TypeOfUsage? = nil,
        elements: [TagElement] = [],
        checksum: TagChecksum? = nil,
        problems: [String] = []
    ) {
        self.model = model
        self.recognition = recognition
        self.primaryItemIdentifier = primaryItemIdentifier
        self.ownerInstitution = ownerInstitution
        self.setInformation = setInformation
        self.typeOfUsage = typeOfUsage
        self.elements = elements
        self.checksum = checksum
        self.problems = problems
    }
}

/// How sure a data model is that a tag is one of its own, and why.
package struct Recognition: Hashable, Sendable {
    package enum Confidence: String, Hashable, Sendable, Comparable {
        case no, maybe, certain

        package static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .no: 0
            case .maybe: 1
            case .certain: 2
            }
        }
    }

    package var confidence: Confidence
    /// Lower case, no period: what in the bytes speaks for or against the model.
    package var reason: String

    package init(_ confidence: Confidence, because reason: String) {
        self.confidence = confidence
        self.reason = reason
    }
}

/// How many parts an item has and which of them this tag is on (ISO 28560-1 element 4).
package struct SetInformation: Hashable, Sendable {
    /// Parts of the item, 0 to 999; 0 is found on tags whose writer did not know.
    package var total: Int
    /// This part, counted from 1; 0 on a single tag that stands for the whole item.
    package var ordinal: Int

    package init(total: Int, ordinal: Int) {
        self.total = total
        self.ordinal = ordinal
    }
}

/// What the item is for (ISO 28560-1 element 5): main class in the high nibble, sub class in the low one.
package struct TypeOfUsage: Hashable, Sendable, RawRepresentable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// An item for circulation, nothing more said.
    package static let circulation = TypeOfUsage(rawValue: 0x10)

    package var mainClass: UInt8 { rawValue >> 4 }

    /// A patron card: never an item, never written to.
    package var isPatronCard: Bool { mainClass == 8 }
}

/// One field of a tag, where it stands and what it says.
package struct TagElement: Hashable, Sendable {
    /// Relative object identifier in ISO 28560-2 (1 to 26), element number of ISO 28560-1 elsewhere; `nil` for fields
    /// that are no element, such as a checksum.
    package var oid: Int?
    /// `primaryItemIdentifier`, `ownerInstitution`, `shelfLocation`, …
    package var name: String
    /// The value as text; bytes that are no text are shown in hexadecimal.
    package var value: String
    /// The bytes of the value as stored, without precursor and padding.
    package var raw: [UInt8]
    /// Where the element starts in memory, its precursor included.
    package var offset: Int
    /// Bytes the element takes in memory, padding included.
    package var length: Int
    /// Whether its blocks are locked; `nil` when the lock state was not read.
    package var locked: Bool?
    /// How the value is packed (`integer`, `6-bit`, …); `nil` where the model has only one way.
    package var compaction: String?

    package init(
        oid: Int?,
        name: String,
        value: String,
        raw: [UInt8],
        offset: Int,
        length: Int,
        locked: Bool? = nil,
        compaction: String? = nil
    ) {
        self.oid = oid
        self.name = name
        self.value = value
        self.raw = raw
        self.offset = offset
        self.length = length
        self.locked = locked
        self.compaction = compaction
    }
}

/// A checksum found on a tag and whether it is right.
package struct TagChecksum: Hashable, Sendable {
    /// `crc16` or `xor`.
    package var kind: String
    package var stored: UInt16
    package var computed: UInt16

    package init(kind: String, stored: UInt16, computed: UInt16) {
        self.kind = kind
        self.stored = stored
        self.computed = computed
    }

    package var isRight: Bool { stored == computed }
}
