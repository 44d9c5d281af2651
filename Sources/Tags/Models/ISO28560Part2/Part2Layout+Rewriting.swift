import Wire

extension Part2Layout {
    /// Lays `content` out anew on a tag of which some blocks are locked: locked elements keep their place, the others
    /// go into the gaps, the content parameter first, and each gap before the last locked block is filled to its end.
    ///
    /// Refuses when a locked element says something else than `content`, or when the gaps do not suffice. Locks nothing
    /// further: `lockedElements` is only heeded on a tag without locked blocks.
    package init(
        _ content: TagContent,
        over memory: TagMemory,
        style: Part2Style = .standard
    ) throws(EncodeError) {
        let order = style.keepsOrder ? DataSetChain(memory.bytes).links.map(\.oid) : []
        guard memory.locked.contains(true) else {
            let blocks = memory.blockSize > 0 ? memory.bytes.count / memory.blockSize : 0
            try self.init(
                content,
                for: MemoryGeometry(blockSize: memory.blockSize, blockCount: blocks),
                style: style,
                keeping: order
            )
            return
        }
        var wanted = content
        wanted.lockedElements = []
        var missing = try Self.dataSets(for: wanted, style: style, keeping: order)
        let fixed = try Self.lockedLinks(of: memory, keepingAmong: &missing)
        var gaps = Gap.all(in: memory, between: fixed)
        if missing.first?.oid == DataElement.primaryItemIdentifier.oid, gaps.first?.range.lowerBound != 0 {
            throw .locked(block: 0)
        }
        guard Gap.place(missing, in: &gaps) else {
            throw .doesNotFit(
                needed: missing.reduce(0) { $0 + $1.byteCount },
                available: gaps.reduce(0) { $0 + $1.capacity }
            )
        }
        var bytes = memory.bytes
        for gap in gaps { bytes.replaceSubrange(gap.range, with: gap.bytes) }
        for offset in (gaps.last?.range.upperBound ?? bytes.count)..<bytes.count where !memory.isLocked(byteAt: offset)
        {
            if offset >= (fixed.last?.range.upperBound ?? 0) { bytes[offset] = 0 }
        }
        self.init(bytes: bytes)
    }

    /// Links of the tag's chain that touch a locked block, each taken out of `dataSets`; a link that does not say what
    /// `dataSets` wants is refused with its first locked block.
    private static func lockedLinks(
        of memory: TagMemory,
        keepingAmong dataSets: inout [DataSet]
    ) throws(EncodeError) -> [DataSetChain.Link] {
        var fixed: [DataSetChain.Link] = []
        let chain = DataSetChain(memory.bytes)
        for link in chain.links {
            guard let lockedByte = link.range.first(where: memory.isLocked(byteAt:)) else { continue }
            guard let place = dataSets.firstIndex(where: { $0.oid == link.oid }),
                dataSets[place].saysTheSame(as: chain.dataSet(link))
            else { throw .locked(block: lockedByte / memory.blockSize) }
            dataSets.remove(at: place)
            fixed.append(link)
        }
        return fixed
    }
}

extension DataSet {
    /// Whether both carry the same value, however it is packed and padded.
    fileprivate func saysTheSame(as other: DataSet) -> Bool {
        if oid == DataElement.contentParameter.oid {
            return ContentParameter(parsing: data) == ContentParameter(parsing: other.data)
        }
        return text == other.text
    }
}

/// A run of writable bytes that the chain passes through.
private struct Gap {
    var range: Range<Int>
    /// Whether the chain goes on behind the gap, so that it has to be filled to its end.
    var leadsOn: Bool
    /// Whether bytes follow that would be taken for a data set, so that the chain has to be ended inside the gap.
    var endsInside: Bool
    var dataSets: [DataSet] = []

    var used: Int { dataSets.reduce(0) { $0 + $1.byteCount } }
    var capacity: Int { range.count - (endsInside ? 1 : 0) }

    /// The gaps from byte 0 on: before, between and behind the fixed links, up to the first locked byte that is neither
    /// part of a link nor a null byte.
    static func all(in memory: TagMemory, between fixed: [DataSetChain.Link]) -> [Gap] {
        var gaps: [Gap] = []
        var position = 0
        var links = fixed[...]
        while position < memory.bytes.count {
            if let link = links.first, link.range.contains(position) {
                position = link.range.upperBound
                links.removeFirst()
                continue
            }
            if memory.isLocked(byteAt: position) {
                guard memory.bytes[position] == 0x80, !links.isEmpty else { break }
                position += 1
                continue
            }
            let limit = links.first?.range.lowerBound ?? memory.bytes.count
            let end = (position..<limit).first(where: memory.isLocked(byteAt:)) ?? limit
            let stopper = end < memory.bytes.count && links.isEmpty && memory.bytes[end] != 0x00
            gaps.append(Gap(range: position..<end, leadsOn: !links.isEmpty, endsInside: stopper))
            position = end
        }
        return gaps
    }

    /// Puts each data set into the first gap with room; when that fails, the largest first behind the identifier.
    static func place(_ dataSets: [DataSet], in gaps: inout [Gap]) -> Bool {
        let leading = dataSets.prefix { $0.oid == DataElement.primaryItemIdentifier.oid }
        let bySize = leading + dataSets.dropFirst(leading.count).sorted { $0.byteCount > $1.byteCount }
        for order in [dataSets[...], bySize[...]] {
            var attempt = gaps
            let fits = order.allSatisfy { dataSet in
                let isIdentifier = dataSet.oid == DataElement.primaryItemIdentifier.oid
                let index = attempt.indices.prefix(isIdentifier ? 1 : attempt.count).first {
                    attempt[$0].used + dataSet.byteCount <= attempt[$0].capacity
                }
                guard let index else { return false }
                attempt[index].dataSets.append(dataSet)
                return true
            }
            if fits {
                gaps = attempt
                return true
            }
        }
        return false
    }

    /// The gap's new bytes: a gap that leads on is filled by padding its last data set, or by null bytes; the last one
    /// ends with a terminator and zeros where there is room.
    var bytes: [UInt8] {
        var sets = dataSets
        let room = range.count - used
        if leadsOn, room > 0, let last = sets.indices.last {
            let padded = sets[last].byteCount + room
            _ = sets[last].stretch(to: padded)
        }
        var writer = ByteWriter(reserving: range.count)
        for dataSet in sets { dataSet.write(to: &writer) }
        let rest = range.count - writer.bytes.count
        writer.fill(leadsOn ? 0x80 : 0x00, count: max(rest, 0))
        return writer.bytes
    }
}
