import Wire

/// The French model FR01, read only: the layout is known from one program.
package enum FrenchModel: TagDataModel {
    package static let name = "fr01"
    package static let dsfid: UInt8? = nil

    package static func recognise(_ memory: TagMemory) -> Recognition {
        guard let record = record(memory), record.version == 1 else {
            return Recognition(.no, because: "there is no FR, version 1, at the start")
        }
        let barcode = record.barcodeText
        guard !barcode.isEmpty, barcode.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return Recognition(.maybe, because: "FR, version 1, but the barcode is not printable")
        }
        return Recognition(.certain, because: "FR, version 1, and a printable barcode; layout known from one source")
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        var tag = LibraryTag(model: name, recognition: recognise(memory), memory: memory)
        guard let record = record(memory) else {
            tag.problems.append("found no French layout, wanted 32 bytes that start with FR")
            return tag
        }
        let set = SetInformation(total: Int(record.total), ordinal: Int(record.ordinal))
        let text = BasicBlockText.string(record.barcodeText)
        let fill = record.barcode.prefix { $0 == 0 }.count
        tag.primaryItemIdentifier = text.isEmpty ? nil : text
        tag.setInformation = set
        tag.typeOfUsage = record.isPatronCard ? TypeOfUsage(mainClass: 8) : .circulation
        tag.elements.reserveCapacity(7)
        tag.add("model", "FR", at: 0..<2)
        tag.add("version", String(record.version), at: 2..<3)
        tag.add(.typeOfUsage, record.isPatronCard ? "80" : "10", at: 3..<4)
        tag.add(.alternativeOwnerInstitution, Hex.string(record.library), at: 4..<9)
        tag.add(.setInformation, set.digits ?? "", at: 9..<11)
        tag.add("reserved", Hex.string(record.rest), at: 11..<16)
        tag.add(.primaryItemIdentifier, text, in: (16 + fill)..<32, at: 16..<32)
        return tag
    }

    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        throw .readOnly(model: name)
    }

    private static func record(_ memory: TagMemory) -> FrenchRecord? {
        guard memory.bytes.starts(with: FrenchRecord.signature) else { return nil }
        var reader = ByteReader(memory.bytes)
        return try? FrenchRecord(parsing: &reader)
    }
}
