import Wire

/// Where the elements of an ISO 28560-2 tag go: the bytes of the memory and the blocks a site may lock afterwards.
package struct Part2Layout: Hashable, Sendable {
    /// The whole user memory.
    package private(set) var bytes: [UInt8]
    /// Blocks that hold nothing but elements that shall be locked. Laying out locks nothing.
    package private(set) var blocksToLock: [Int]

    init(bytes: [UInt8], blocksToLock: [Int] = []) {
        self.bytes = bytes
        self.blocksToLock = blocksToLock
    }

    /// Lays `content` out in an empty memory: identifier, content parameter, unlocked elements by rising number, then
    /// those that shall be locked. A neighbour of another lock state starts on a new block (ISO 28560-2, annex D).
    ///
    /// - Parameter order: element numbers that come before the others, in this order.
    package init(
        _ content: TagContent,
        for geometry: MemoryGeometry,
        style: Part2Style = .standard,
        keeping order: [Int] = []
    ) throws(EncodeError) {
        let sets = try Self.dataSets(for: content, style: style, keeping: order)
        let blockSize = max(geometry.blockSize, 1)
        var writer = ByteWriter(reserving: geometry.byteCount)
        var blocksToLock: [Int] = []
        for (index, entry) in sets.enumerated() {
            let locks = content.lockedElements.contains(entry.oid)
            let isLast = index + 1 == sets.count
            let nextLocks = isLast ? false : content.lockedElements.contains(sets[index + 1].oid)
            let start = writer.bytes.count
            var dataSet = entry
            if locks != nextLocks { dataSet.align(startingAt: start, toMultipleOf: blockSize) }
            dataSet.write(to: &writer)
            if locks {
                let blocks = start / blockSize...(writer.bytes.count - 1) / blockSize
                blocksToLock += blocks.drop { $0 <= blocksToLock.last ?? -1 }
            }
        }
        let room = geometry.byteCount - writer.bytes.count
        guard room >= 0 else {
            throw .doesNotFit(needed: writer.bytes.count, available: geometry.byteCount)
        }
        writer.fill(0, count: room)
        self.init(bytes: writer.bytes, blocksToLock: blocksToLock)
    }

    /// The data sets of `content` in the order of the chain, not padded yet.
    static func dataSets(
        for content: TagContent,
        style: Part2Style,
        keeping order: [Int] = []
    ) throws(EncodeError) -> [DataSet] {
        let identifier = content.primaryItemIdentifier
        guard !identifier.isEmpty, identifier.utf8.allSatisfy({ $0 >= 0x20 }) else {
            throw .unrepresentable(
                field: DataElement.primaryItemIdentifier.name,
                value: identifier,
                wanted: "an identifier without control characters"
            )
        }
        if content.lockedElements.contains(DataElement.contentParameter.oid) {
            throw .unrepresentable(
                field: DataElement.contentParameter.name,
                value: "locked",
                wanted: "open, since it has to change"
            )
        }
        let values = try ordered(content.values(), keeping: order)
        var open: [DataSet] = []
        var locked: [DataSet] = []
        open.reserveCapacity(values.count + 1)
        for (element, text) in values {
            let dataSet = try DataSet(element, text, style: style)
            if element != .primaryItemIdentifier, content.lockedElements.contains(dataSet.oid) {
                locked.append(dataSet)
            } else {
                open.append(dataSet)
            }
        }
        if values.count > 1 {
            open.insert(contentParameter(for: values.map(\.element.oid), style: style), at: 1)
        }
        return open + locked
    }

    private static func ordered(
        _ values: [(element: DataElement, text: String)],
        keeping order: [Int]
    ) -> [(element: DataElement, text: String)] {
        guard !order.isEmpty, let identifier = values.first else { return values }
        let kept = order.compactMap { oid in values.dropFirst().first { $0.element.oid == oid } }
        let added = values.dropFirst().filter { !order.contains($0.element.oid) }
        return [identifier] + kept + added
    }

    private static func contentParameter(for oids: [Int], style: Part2Style) -> DataSet {
        let reserve = repeatElement(UInt8(0), count: max(0, min(style.contentParameterReserve, 8)))
        let bytes = ContentParameter(oids).bytes + reserve
        return DataSet(oid: 2, compaction: .applicationDefined, data: bytes[...], padByte: style.padByte)
    }
}
