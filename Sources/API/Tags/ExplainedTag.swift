/// One tag in a reader's field and what its bytes mean: `GET /v1/readers/{name}/tags/{uid}`.
package struct ExplainedTag: Codable, Hashable, Sendable {
    /// How sure the data model is that the tag is one of its own.
    package enum Confidence: String, Codable, Hashable, Sendable, CaseIterable {
        case no, maybe, certain
    }

    /// What kind of chip it is; `nil` for a stranger.
    package struct Chip: Codable, Hashable, Sendable {
        /// `ICODE SLIX`.
        package var name: String
        /// Whether it has an AFI, as nearly all have.
        package var hasAFI: Bool
        /// Passwords its kind has.
        package var passwords: Int

        package init(name: String, hasAFI: Bool, passwords: Int) {
            self.name = name
            self.hasAFI = hasAFI
            self.passwords = passwords
        }
    }

    /// One field of the tag and the bytes it takes.
    package struct Element: Codable, Hashable, Sendable {
        /// Number in ISO 28560-1; `nil` for fields that are no element, such as a checksum.
        package var oid: Int?
        /// `primaryItemIdentifier`, `ownerInstitution`, `shelfLocation`, …
        package var name: String
        /// As text; bytes that are no text are shown in hexadecimal.
        package var value: String
        /// The value's bytes in hexadecimal, without what stands around them.
        package var raw: String
        /// Where the field starts in ``ExplainedTag/memory``, in bytes.
        package var offset: Int
        /// Bytes that the field takes in memory, what stands around the value and padding included.
        package var length: Int
        /// `nil` when the lock state was not read.
        package var locked: Bool?
        /// How the value is packed; `nil` where the model has only one way.
        package var compaction: String?

        package init(
            oid: Int?,
            name: String,
            value: String,
            raw: String,
            offset: Int,
            length: Int,
            locked: Bool?,
            compaction: String?
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

    /// The tag's own checksum beside the one that its bytes come to; when they differ, something on it is wrong.
    package struct Checksum: Codable, Hashable, Sendable {
        /// `crc16`: no model here has another.
        package var kind: String
        /// As it stands on the tag, read as a number in the model's byte order: 0 to 65535.
        package var stored: Int
        /// As it should be by the bytes that were read, in the same range.
        package var computed: Int

        package init(kind: String, stored: Int, computed: Int) {
            self.kind = kind
            self.stored = stored
            self.computed = computed
        }
    }

    /// The tag as it was read; its memory has each block's bytes in the order in which the fields are counted.
    package var tag: TagReading
    /// Maker of the chip by the UID's second byte: `NXP`; one that is not known by its number, `maker 23`.
    package var maker: String
    /// What is known of this kind of chip; `nil` for a stranger.
    package var chip: Chip?
    /// Whether the chip's own theft bit is set; `nil` where it has none, or it could not be asked.
    package var eas: Bool?
    /// `no` as well when the tag could not be read.
    package var confidence: Confidence
    /// What in the bytes speaks for or against the model.
    package var reason: String
    /// ISIL of the owner with its hyphen, or the owner in the library's own code; `nil` when the tag names none.
    package var owner: String?
    /// Parts of the item and which of them this is.
    package var parts: Int?
    /// Counted from 1; 0 on one tag that stands for the whole item; `nil` when the tag does not say.
    package var part: Int?
    /// Type of usage, two hexadecimal digits, and what they mean.
    package var usage: String?
    /// In words; `nil` when the tag has no type of usage.
    package var usageMeaning: String?
    /// Every field that was found, in memory order; empty when the tag could not be read.
    package var elements: [Element]
    /// `nil` where the data model has none.
    package var checksum: Checksum?
    /// What is wrong or odd about the bytes.
    package var problems: [String]

    package init(
        tag: TagReading,
        maker: String,
        chip: Chip?,
        eas: Bool?,
        confidence: Confidence,
        reason: String,
        owner: String?,
        parts: Int?,
        part: Int?,
        usage: String?,
        usageMeaning: String?,
        elements: [Element],
        checksum: Checksum?,
        problems: [String]
    ) {
        self.tag = tag
        self.maker = maker
        self.chip = chip
        self.eas = eas
        self.confidence = confidence
        self.reason = reason
        self.owner = owner
        self.parts = parts
        self.part = part
        self.usage = usage
        self.usageMeaning = usageMeaning
        self.elements = elements
        self.checksum = checksum
        self.problems = problems
    }
}
