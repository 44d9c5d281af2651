import Wire

extension Part3Reading {
    var tag: LibraryTag {
        var tag = LibraryTag(model: Part3Model.name, recognition: recognition, memory: memory, blockOrder: order)
        tag.checksum = TagChecksum(
            kind: "crc16",
            stored: block.checksum,
            computed: computed,
            isLowByteFirst: true
        )
        tag.elements.reserveCapacity(10)
        addBasicBlock(to: &tag)
        if !isTruncated { addExtensions(to: &tag) }
        addProblems(to: &tag)
        return tag
    }

    /// Edition 2011 puts an identifier of more than 16 bytes into the library block and marks that with 01; any control
    /// character is taken for the mark.
    var hasLongIdentifier: Bool {
        block.identifier.first.map { (0x01..<0x20).contains($0) } ?? false
    }

    private func addBasicBlock(to tag: inout LibraryTag) {
        let set = SetInformation(total: Int(block.partsInItem), ordinal: Int(block.ordinalPart))
        let usage = TypeOfUsage(mainClass: usageNibble)
        tag.setInformation = set
        tag.typeOfUsage = usage
        tag.add(.contentParameter, Hex.string(block.contentParameter), at: 0..<1)
        tag.add(.typeOfUsage, Hex.string(usage.rawValue), at: 0..<1)
        tag.add(.setInformation, set.digits ?? "", at: 1..<3)
        let identifier = block.identifier.prefix { $0 != 0 }
        let identifierText = BasicBlockText.string(identifier)
        tag.add(.primaryItemIdentifier, identifierText, in: 3..<(3 + identifier.count), at: 3..<19)
        if !identifier.isEmpty, !hasLongIdentifier { tag.primaryItemIdentifier = identifierText }
        tag.add("checksum", Hex.string(block.checksum), at: 19..<21)
        let owner = isTruncated ? block.owner.prefix(11) : block.owner
        tag.ownerInstitution = OwnerField.isil(owner)
        tag.add(
            .ownerInstitution,
            tag.ownerInstitution ?? "",
            in: 21..<(21 + owner.prefix { $0 != 0 }.count),
            at: 21..<(21 + owner.count)
        )
    }

    /// Some software exchanges the nibbles of byte 0: 21 for reference only, 71 for discarded.
    private var usageNibble: UInt8 {
        hasSwappedNibbles ? block.contentParameter : block.typeOfUsage
    }

    private var hasSwappedNibbles: Bool {
        isRight && block.contentParameter != 1 && block.typeOfUsage == 1
    }

    private func addProblems(to tag: inout LibraryTag) {
        if !isRight {
            tag.problems.append(
                "checksum: stored \(Hex.string(block.checksum)), computed \(Hex.string(computed)): do not trust this tag"
            )
        }
        if order == .reversed { tag.problems.append("the bytes of each block are reversed") }
        if hasSwappedNibbles { tag.problems.append("content parameter and type of usage are exchanged") }
        if block.ordinalPart == 0 { tag.problems.append("ordinal 0: one tag stands for the whole item") }
        if tag.primaryItemIdentifier == nil {
            tag.problems.append(
                hasLongIdentifier
                    ? "no item identifier: 01 says it stands in the library block, which is missing or damaged"
                    : "no item identifier: formatted but not written yet"
            )
        }
        if OwnerField.repeatsCountry(block.owner) {
            tag.problems.append("the owner's country stands there twice")
        }
    }
}
