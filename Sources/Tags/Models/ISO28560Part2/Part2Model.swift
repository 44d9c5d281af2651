import Wire

/// ISO 28560-2: the elements as a chain of data sets after ISO/IEC 15962, each in the shortest packing.
///
/// Used in the UK, the US, Australia, New Zealand, China, Russia, Sweden and partly Finland. DSFID 06.
package enum Part2Model: TagDataModel {
    package static let name = "iso28560-2"
    package static let dsfid: UInt8? = 0x06

    /// Also 46, a directory, and 86, packed objects.
    package static func heeds(_ dsfid: UInt8) -> Bool { [0x06, 0x46, 0x86].contains(dsfid) }

    package static func recognise(_ memory: TagMemory) -> Recognition {
        Part2Reading(memory).recognition
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        Part2Reading(memory).tag
    }

    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry
    ) throws(EncodeError) -> [UInt8] {
        try encode(content, for: geometry, style: .standard)
    }

    /// As ``encode(_:for:)``, with a site's own habits.
    package static func encode(
        _ content: TagContent,
        for geometry: MemoryGeometry,
        style: Part2Style
    ) throws(EncodeError) -> [UInt8] {
        try Part2Layout(content, for: geometry, style: style).bytes
    }
}
