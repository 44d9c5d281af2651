/// Bytes that fit no known data model: hotel cards, ski passes, other makers' secrets.
package enum RawModel: TagDataModel {
    package static let name = "raw"
    package static let dsfid: UInt8? = nil

    package static func recognise(_ memory: TagMemory) -> Recognition {
        Recognition(.no, because: memory.bytes.isEmpty ? "nothing was read" : "no known data model fits the bytes")
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        LibraryTag(model: name, recognition: recognise(memory), memory: memory)
    }

    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        throw .readOnly(model: name)
    }
}
