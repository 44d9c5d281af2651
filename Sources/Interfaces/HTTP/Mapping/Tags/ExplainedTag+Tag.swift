import API
import Library
import Operations
import Tags
import Wire

extension ExplainedTag {
    init(_ found: TagOnReader, eas: Bool?, policy: SecurityPolicy, items: [String: Item]) {
        let content = found.content
        var reading = TagReading(found, policy: policy, items: items)
        reading.security = policy.security(of: found.uid, SecurityMark(afi: found.memory?.afi, eas: eas)).word
        // Fields are counted in the usual byte order, which some tags do not have.
        if let content { reading.memory = Hex.string(content.memory.bytes) }
        self.init(
            tag: reading,
            maker: Manufacturer(rawValue: found.uid.manufacturer).description,
            chip: found.chip.map { Chip(name: $0.name, hasAFI: $0.hasAFI, passwords: $0.passwords.count) },
            eas: eas,
            confidence: content.map { Confidence($0.recognition.confidence) } ?? .no,
            reason: content?.recognition.reason ?? found.problem ?? "not read",
            owner: content?.anyOwner,
            parts: content?.setInformation?.total,
            part: content?.setInformation?.ordinal,
            usage: content?.typeOfUsage.map { Hex.string($0.rawValue) },
            usageMeaning: content?.typeOfUsage?.meaning,
            elements: content.map { tag in tag.elements.map { Element($0, bytes: tag.bytes(of: $0)) } } ?? [],
            checksum: content?.checksum.map {
                Checksum(kind: $0.kind, stored: Int($0.stored), computed: Int($0.computed))
            },
            problems: content?.problems ?? []
        )
    }
}

extension ExplainedTag.Element {
    fileprivate init(_ element: TagElement, bytes: ArraySlice<UInt8>) {
        self.init(
            oid: element.oid,
            name: element.name,
            value: element.value,
            raw: Hex.string(bytes),
            offset: element.offset,
            length: element.length,
            locked: element.locked,
            compaction: element.compaction?.name
        )
    }
}

extension ExplainedTag.Confidence {
    fileprivate init(_ confidence: Recognition.Confidence) {
        switch confidence {
        case .no: self = .no
        case .maybe: self = .maybe
        case .certain: self = .certain
        }
    }
}
