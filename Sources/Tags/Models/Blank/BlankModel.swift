/// A tag nobody has written yet: all bytes 00, or the 24 bytes 55 a 3M tag leaves the factory with.
package enum BlankModel: TagDataModel {
    package static let name = "blank"
    package static let dsfid: UInt8? = nil

    package static func recognise(_ memory: TagMemory) -> Recognition {
        if memory.bytes.isEmpty { return Recognition(.no, because: "nothing was read") }
        if memory.bytes.allSatisfy({ $0 == 0 }) {
            return memory.isPartial
                ? Recognition(.maybe, because: "all bytes read are 00")
                : Recognition(.certain, because: "all bytes are 00")
        }
        if memory.bytes.count >= 24, memory.bytes[..<24].allSatisfy({ $0 == 0x55 }) {
            // Those 24 make a blank tag (datamodels §1.2); the rest, zeros from the factory, is a vendor's trailer then.
            return memory.bytes[24...].allSatisfy { $0 == 0 }
                ? Recognition(.certain, because: "the first 24 bytes are 55, as 3M delivers blank tags")
                : Recognition(.maybe, because: "the first 24 bytes are 55, as 3M delivers blank tags, others follow")
        }
        return Recognition(.no, because: "there is data")
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        LibraryTag(model: name, recognition: recognise(memory), memory: memory)
    }

    /// Erases: only content without an identifier, that is none at all, makes a blank tag.
    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        guard content == TagContent(primaryItemIdentifier: "") else { throw .readOnly(model: name) }
        return Array(repeating: 0, count: max(geometry.byteCount, 0))
    }
}
