import Tags
import Wire

/// What a tag's memory says, in the words of `tag explain --json`.
///
/// Every key is always there; what is not known is `null`. Bytes are hexadecimal, offsets and lengths count bytes.
struct TagExplanation {
    var memory: TagMemory
    var tag: LibraryTag

    /// Whether the bytes are a library item's, or at least some model's.
    var isLibraryTag: Bool {
        tag.recognition.confidence > .no && tag.model != "blank" && tag.model != "raw"
    }

    var security: AFIMeaning { AFIMeaning(afi: memory.afi) }
}

extension TagExplanation {
    init(_ memory: TagMemory, by rules: ReadingRules = .standard) {
        self.init(memory: memory, tag: LibraryTag(reading: memory, by: rules))
    }
}

extension TagExplanation: Encodable {
    enum Key: String, CodingKey {
        case model, confidence, reason, primaryItemIdentifier, ownerInstitution, setInformation, typeOfUsage, elements
        case checksum, security, afi, dsfid, problems
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(tag.model, forKey: .model)
        try object.encode(tag.recognition.confidence.rawValue, forKey: .confidence)
        try object.encode(tag.recognition.reason, forKey: .reason)
        try object.encode(tag.primaryItemIdentifier, forKey: .primaryItemIdentifier)
        try object.encode(tag.ownerInstitution, forKey: .ownerInstitution)
        try object.encode(tag.setInformation.map(SetValue.init), forKey: .setInformation)
        try object.encode(tag.typeOfUsage.map { Hex.string($0.rawValue) }, forKey: .typeOfUsage)
        try object.encode(tag.elements.map { ElementValue($0, bytes: tag.bytes(of: $0)) }, forKey: .elements)
        try object.encode(tag.checksum.map(ChecksumValue.init), forKey: .checksum)
        try object.encode(security, forKey: .security)
        try object.encode(memory.afi.map { Hex.string($0) }, forKey: .afi)
        try object.encode(memory.dsfid.map { Hex.string($0) }, forKey: .dsfid)
        try object.encode(tag.problems, forKey: .problems)
    }
}

private struct SetValue: Encodable {
    let total: Int
    let ordinal: Int

    init(_ information: SetInformation) {
        total = information.total
        ordinal = information.ordinal
    }
}

private struct ChecksumValue: Encodable {
    let kind: String
    let stored: String
    let computed: String
    let ok: Bool

    init(_ checksum: TagChecksum) {
        kind = checksum.kind
        stored = checksum.text(checksum.stored)
        computed = checksum.text(checksum.computed)
        ok = checksum.isRight
    }
}

extension TagChecksum {
    /// As the two bytes stand in memory, in either order.
    func text(_ value: UInt16) -> String {
        Hex.string(isLowByteFirst ? value.byteSwapped : value)
    }
}

private struct ElementValue: Encodable {
    let element: TagElement
    let bytes: ArraySlice<UInt8>

    init(_ element: TagElement, bytes: ArraySlice<UInt8>) {
        self.element = element
        self.bytes = bytes
    }

    enum Key: String, CodingKey {
        case oid, field, name, value, raw, offset, length, locked, compaction
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        if let oid = element.oid {
            try object.encode(oid, forKey: .oid)
        } else {
            try object.encode(element.name, forKey: .field)
        }
        try object.encode(element.name, forKey: .name)
        try object.encode(element.value, forKey: .value)
        try object.encode(Hex.string(bytes), forKey: .raw)
        try object.encode(element.offset, forKey: .offset)
        try object.encode(element.length, forKey: .length)
        try object.encode(element.locked, forKey: .locked)
        try object.encodeIfPresent(element.compaction?.name, forKey: .compaction)
    }
}
