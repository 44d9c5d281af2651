/// One tag in a reader's field and what its bytes mean: `GET /v1/readers/{name}/tags/{uid}`.
package struct ExplainedTag: Codable, Hashable, Sendable {
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
        package var name: String
        package var value: String
        /// The value's bytes in hexadecimal, without what stands around them.
        package var raw: String
        /// Where the field starts in ``ExplainedTag/memory``, in bytes.
        package var offset: Int
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

    package struct Checksum: Codable, Hashable, Sendable {
        /// `crc16` or `xor`.
        package var kind: String
        package var stored: Int
        package var computed: Int

        package init(kind: String, stored: Int, computed: Int) {
            self.kind = kind
            self.stored = stored
            self.computed = computed
        }
    }

    /// The tag as it was read; its memory has each block's bytes in the order in which the fields are counted.
    package var tag: TagReading
    package var maker: String
    package var chip: Chip?
    /// Whether the chip's own theft bit is set; `nil` where it has none, or it could not be asked.
    package var eas: Bool?
    package var confidence: Confidence
    /// What in the bytes speaks for or against the model.
    package var reason: String
    package var owner: String?
    /// Parts of the item and which of them this is.
    package var parts: Int?
    package var part: Int?
    /// Type of usage, two hexadecimal digits, and what they mean.
    package var usage: String?
    package var usageMeaning: String?
    package var elements: [Element]
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
