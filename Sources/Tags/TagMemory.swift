/// How a tag's user memory is cut into blocks.
package struct MemoryGeometry: Hashable, Sendable {
    /// Bytes in a block, 1 to 32; 4 on nearly every library tag.
    package var blockSize: Int
    /// Blocks of user memory, 1 to 65536.
    package var blockCount: Int

    package init(blockSize: Int, blockCount: Int) {
        self.blockSize = blockSize
        self.blockCount = blockCount
    }

    /// User memory in bytes.
    package var byteCount: Int { blockSize * blockCount }
}

/// What was read of a tag: user memory from block 0 on, and the bytes kept beside it.
///
/// Bytes stand in tag order (block 0 byte 0 first) whatever order the reader delivers them in.
package struct TagMemory: Hashable, Sendable {
    /// User memory from block 0 on; shorter than the geometry says when only the first blocks were read.
    package var bytes: [UInt8]
    /// In bytes; 4 on nearly every library tag.
    package var blockSize: Int
    /// Blocks on the tag, when known; more than were read after a partial read.
    package var blockCount: Int?
    /// Whether each block read is locked; empty when the lock state was not asked for.
    package var locked: [Bool]
    /// Data storage format identifier, when known.
    package var dsfid: UInt8?
    /// Application family identifier, when known.
    package var afi: UInt8?

    package init(
        bytes: [UInt8],
        blockSize: Int = 4,
        blockCount: Int? = nil,
        locked: [Bool] = [],
        dsfid: UInt8? = nil,
        afi: UInt8? = nil
    ) {
        self.bytes = bytes
        self.blockSize = blockSize
        self.blockCount = blockCount
        self.locked = locked
        self.dsfid = dsfid
        self.afi = afi
    }

    /// Whether less was read than the tag holds.
    package var isPartial: Bool {
        guard let blockCount else { return false }
        return bytes.count < blockCount * blockSize
    }

    /// Whether the block that holds the byte at `offset` is known to be locked.
    package func isLocked(byteAt offset: Int) -> Bool {
        guard blockSize > 0, offset >= 0 else { return false }
        return isLocked(block: offset / blockSize)
    }

    /// Whether the block is known to be locked.
    package func isLocked(block: Int) -> Bool { locked.indices.contains(block) && locked[block] }
}

extension TagMemory {
    /// Whether any of the bytes is in a locked block; `nil` when the lock state was not read.
    package func lockState(of range: Range<Int>) -> Bool? {
        guard !locked.isEmpty, blockSize > 0, let last = range.last else { return nil }
        return (range.lowerBound / blockSize...last / blockSize).contains { locked.indices.contains($0) && locked[$0] }
    }

    /// What is known of the tag's size: the blocks it has, or those that were read.
    package var geometry: MemoryGeometry {
        let read = blockSize > 0 ? (bytes.count + blockSize - 1) / blockSize : 0
        return MemoryGeometry(blockSize: blockSize, blockCount: max(blockCount ?? 0, read))
    }
}
