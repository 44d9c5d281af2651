import Wire

/// ISO/TS 28560-4: UHF library tags, read only. They are no ISO 15693 tags and have memory banks instead of blocks, so
/// the model stands beside `AllModels`.
package enum Part4Model {
    package static let name = "iso28560-4"

    /// What the identifier bank and, where there is one, the user bank say. Total: any bytes are answered.
    package static func decode(_ bank: IdentifierBank, userBank: [UInt8] = []) -> LibraryTag {
        let text = bank.isISONumbering ? bank.text : nil
        let memory = TagMemory(bytes: userBank + bank.identifier, blockSize: 2)
        var tag = LibraryTag(model: name, recognition: recognition(of: bank, text), memory: memory)
        if let checksum = bank.checksum {
            let found = TagChecksum(
                kind: "crc16",
                stored: checksum,
                computed: bank.computedChecksum,
                isLowByteFirst: false
            )
            tag.checksum = found
            if !found.isRight { tag.problems.append("the checksum of the identifier bank is wrong") }
        }
        tag.elements.reserveCapacity(6)
        if let text { tag.takeUniqueItemIdentifier(text, in: userBank.count..<memory.bytes.count) }
        if userBank.first == Part2Model.dsfid {
            Part2Reading(TagMemory(bytes: userBank, blockSize: 2), from: 1).add(to: &tag)
        } else if let dsfid = userBank.first {
            tag.problems.append("user bank: found DSFID \(Hex.string(dsfid)), wanted 06")
        }
        return tag
    }

    private static func recognition(of bank: IdentifierBank, _ text: String?) -> Recognition {
        guard bank.isISONumbering else {
            return Recognition(.no, because: "the identifier is numbered by GS1, not by ISO")
        }
        return text == nil
            ? Recognition(.no, because: "the identifier is not packed in URN Code 40")
            : Recognition(.certain, because: "ISO numbering and an identifier in URN Code 40")
    }
}

extension LibraryTag {
    /// Splits at the first dot when what stands before it looks like an ISIL.
    fileprivate mutating func takeUniqueItemIdentifier(_ text: String, in range: Range<Int>) {
        let bytes = text.utf8
        if let dot = bytes.firstIndex(of: UInt8(ascii: ".")), bytes[..<dot].contains(UInt8(ascii: "-")) {
            ownerInstitution = String(text[..<dot])
            primaryItemIdentifier = String(text[bytes.index(after: dot)...])
        } else if !text.isEmpty {
            primaryItemIdentifier = text
        }
        elements.append(
            TagElement(
                oid: 0,
                name: DataElement.uniqueItemIdentifier.name,
                value: text,
                valueRange: range,
                offset: range.lowerBound,
                length: range.count
            )
        )
    }
}
