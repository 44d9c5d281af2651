import Wire

/// ISO 28560-3: a basic block of fixed fields with a checksum, then blocks of further elements. DSFID 3E.
///
/// The same layout is the Danish data model of 2005, the Finnish one of the same year and Norway's "DS24"; such tags
/// carry DSFID 00 or anything else and are read and written just so. Nothing is ever locked: checksum and usage share
/// their blocks with the rest.
package enum Part3Model: TagDataModel {
    package static let name = "iso28560-3"
    package static let dsfid: UInt8? = 0x3E

    package static func recognise(_ memory: TagMemory) -> Recognition {
        Part3Reading(memory)?.recognition ?? tooShort
    }

    package static func decode(_ memory: TagMemory) -> LibraryTag {
        if let reading = Part3Reading(memory) { return reading.tag }
        let problem = "found \(memory.bytes.count) bytes, wanted at least 21 for a basic block"
        return LibraryTag(model: name, recognition: tooShort, memory: memory, problems: [problem])
    }

    private static let tooShort = Recognition(.no, because: "there are fewer bytes than a basic block has")

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
        style: Part3Style
    ) throws(EncodeError) -> [UInt8] {
        let room = geometry.byteCount
        guard room >= BasicBlock.truncatedByteCount else {
            throw .doesNotFit(needed: BasicBlock.truncatedByteCount, available: room)
        }
        let ownerRoom = ownerRoom(in: geometry)
        let moved = MovedFields(content, ownerRoom: ownerRoom, style: style)
        let values = try content.values() + moved.values
        var writer = ByteWriter(reserving: room)
        try BasicBlock(content, ownerRoom: ownerRoom, moved: moved).write(to: &writer)
        for block in try ExtensionBlock.blocks(for: values) { block.write(to: &writer) }
        guard writer.bytes.count <= room else { throw .doesNotFit(needed: writer.bytes.count, available: room) }
        writer.fill(0, count: room - writer.bytes.count)
        return writer.bytes
    }

    /// The elements of `content` in extension blocks for which the memory has no room, the blocks taken by rising id:
    /// whoever leaves them out says so (datamodels §5.9, step 5). What is moved into the library block is none of them.
    static func elementsWithoutRoom(
        of content: TagContent,
        in geometry: MemoryGeometry,
        style: Part3Style
    ) throws(EncodeError) -> [DataElement] {
        let moved = MovedFields(content, ownerRoom: ownerRoom(in: geometry), style: style)
        let values = try content.values() + moved.values
        let room = max(0, geometry.byteCount - BasicBlock.byteCount)
        let without = try ExtensionBlock.elementsWithoutRoom(among: values, room: room)
        return without.filter { content.others[$0.oid] != nil }
    }

    private static func ownerRoom(in geometry: MemoryGeometry) -> Int {
        geometry.byteCount < BasicBlock.byteCount ? 11 : 13
    }
}
