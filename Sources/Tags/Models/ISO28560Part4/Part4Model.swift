import Wire

/// ISO/TS 28560-4: UHF library tags, read only. They are no ISO 15693 tags and have memory banks instead of blocks, so
/// the model stands beside `AllModels`.
package enum Part4Model {
    package static let name = "iso28560-4"

    /// What the identifier bank and, where there is one, the user bank say. Total: any bytes are answered.
    package static func decode(_ bank: IdentifierBank, userBank: [UInt8] = []) -> LibraryTag {
        let text = bank.isISONumbering ? bank.text : nil
        let isRight = bank.checksum.map { $0 == bank.computedChecksum }
        var tag =
            userBank.first == Part2Model.dsfid ? userElements(userBank) : LibraryTag(model: name, recognition: .none)
        if isRight == false { tag.problems.append("the checksum of the identifier bank is wrong") }
        if !userBank.isEmpty, userBank.first != Part2Model.dsfid {
            tag.problems.append("user bank: found DSFID \(Hex.string(userBank[0])), wanted 06")
        }
        tag.recognition =
            switch (bank.isISONumbering, text) {
            case (false, _): Recognition(.no, because: "the identifier is numbered by GS1, not by ISO")
            case (true, nil): Recognition(.no, because: "the identifier is not packed in URN Code 40")
            case (true, _): Recognition(.certain, because: "ISO numbering and an identifier in URN Code 40")
            }
        if let checksum = bank.checksum {
            tag.checksum = TagChecksum(kind: "crc16", stored: checksum, computed: bank.computedChecksum)
        }
        if let text { tag.takeUniqueItemIdentifier(text, raw: bank.identifier[...]) }
        return tag
    }

    private static func userElements(_ userBank: [UInt8]) -> LibraryTag {
        var tag = Part2Reading(TagMemory(bytes: userBank, blockSize: 2), from: 1).tag
        tag.model = name
        return tag
    }
}

extension LibraryTag {
    /// Splits at the first dot when what stands before it looks like an ISIL.
    fileprivate mutating func takeUniqueItemIdentifier(_ text: String, raw: ArraySlice<UInt8>) {
        let bytes = text.utf8
        if let dot = bytes.firstIndex(of: UInt8(ascii: ".")), bytes[..<dot].contains(UInt8(ascii: "-")) {
            ownerInstitution = String(text[..<dot])
            primaryItemIdentifier = String(text[bytes.index(after: dot)...])
        } else if !text.isEmpty {
            primaryItemIdentifier = text
        }
        let element = TagElement(
            oid: 0,
            name: DataElement.uniqueItemIdentifier.name,
            value: text,
            raw: raw,
            offset: 4,
            length: raw.count
        )
        elements.insert(element, at: 0)
    }
}

extension Recognition {
    /// Before anything was looked at.
    fileprivate static let none = Recognition(.no, because: "nothing was read")
}
