import Wire

/// 3M's "alphanumeric" model (RFID 501), found in the US, Croatia and many older libraries. No checksum, no owner in a
/// form others know; the source is one reverse-engineered description behind several programs.
package enum ThreeMModel: TagDataModel {
    package static let name = "3m"
    package static let dsfid: UInt8? = nil

    package static func recognise(_ memory: TagMemory) -> Recognition {
        guard let record = record(memory) else {
            return Recognition(.no, because: "no 3M layout: 04, then 00 at byte 2")
        }
        guard ThreeMRecord.mediaTypes.contains(record.mediaType), record.hasPrintableBarcode else {
            return Recognition(.no, because: "the media type or the barcode is none of 3M's")
        }
        return Recognition(.certain, because: "04, a known media type and a printable barcode")
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        var tag = LibraryTag(model: name, recognition: recognise(memory), memory: memory)
        guard let record = record(memory) else {
            tag.problems.append("found no 3M layout, wanted 32 bytes that start with 04")
            return tag
        }
        let set = SetInformation(total: Int(record.total), ordinal: Int(record.ordinal))
        let barcode = record.barcode.prefix { $0 != 0 }
        let text = BasicBlockText.string(barcode)
        tag.primaryItemIdentifier = text.isEmpty ? nil : text
        tag.setInformation = set
        tag.elements.reserveCapacity(7)
        tag.add("model", "04", at: 0..<1)
        tag.add(.setInformation, set.digits ?? "", at: 1..<2)
        tag.add("mediaType", mediaTypeName(record.mediaType), at: 3..<4)
        tag.add(.primaryItemIdentifier, text, in: 4..<(4 + barcode.count), at: 4..<20)
        tag.add("branch", String(record.branch), at: 20..<22)
        tag.add("library", String(record.library), at: 21..<24)
        tag.add("custom", String(record.custom), at: 24..<28)
        return tag
    }

    /// Barcode and set only; the media type is written as "other", branch, library and custom value as 0.
    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        guard geometry.byteCount >= ThreeMRecord.byteCount else {
            throw .doesNotFit(needed: ThreeMRecord.byteCount, available: geometry.byteCount)
        }
        for (element, text) in try content.values()
        where element != .primaryItemIdentifier && element != .setInformation {
            throw .unrepresentable(field: element.name, value: text, wanted: "only identifier and set in a 3M tag")
        }
        let set = content.setInformation ?? .single
        let barcode = Array(content.primaryItemIdentifier.utf8)
        guard set.total <= 15, set.ordinal <= 15, content.lockedElements.isEmpty, (1...16).contains(barcode.count),
            barcode.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            throw .unrepresentable(
                field: DataElement.primaryItemIdentifier.name,
                value: content.primaryItemIdentifier,
                wanted: "1 to 16 printable ASCII characters, at most 15 parts, nothing locked"
            )
        }
        let record = ThreeMRecord(
            ordinal: UInt8(set.ordinal),
            total: UInt8(set.total),
            mediaType: 0,
            barcode: barcode[...] + repeatElement(0, count: 16 - barcode.count)
        )
        return record.bytes + repeatElement(0, count: geometry.byteCount - ThreeMRecord.byteCount)
    }

    private static func record(_ memory: TagMemory) -> ThreeMRecord? {
        guard memory.bytes.first == 0x04 else { return nil }
        var reader = ByteReader(memory.bytes)
        return try? ThreeMRecord(parsing: &reader)
    }

    private static func mediaTypeName(_ type: UInt8) -> String {
        switch type {
        case 0: "other"
        case 1: "book"
        case 2: "magazine"
        case 3: "bound journal"
        case 4: "audio tape"
        case 5: "video"
        case 6: "CD"
        case 7: "diskette"
        case 8: "book + diskette"
        case 9: "book + CD"
        case 13: "book + audio tape"
        default: "unknown \(type)"
        }
    }
}
