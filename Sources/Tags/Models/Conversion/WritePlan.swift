/// The blocks to write so that a tag says what it shall, in the order in which they have to be written.
///
/// Only blocks that change are written, each once, save for one: where it keeps the tag readable longer, or keeps it
/// from being read as another item, a block is written twice. The AFI is not part of a plan: the security of an item
/// does not change with its data model.
package struct WritePlan: Hashable, Sendable {
    /// One block and all its bytes.
    package struct BlockWrite: Hashable, Sendable {
        /// Block number, from 0.
        package var block: Int
        /// All of the block, in tag order.
        package var bytes: [UInt8]

        package init(block: Int, bytes: [UInt8]) {
            self.block = block
            self.bytes = bytes
        }
    }

    /// What a tag is that is taken away between two writes.
    package enum Interruption: Hashable, Sendable {
        /// After every write the tag reads as the same item, in the old or in the new model.
        case alwaysReadable
        /// After these writes (numbered from 1) the tag reads as no item, so that it is noticed; never as another one.
        case broken(after: ClosedRange<Int>)
    }

    /// To be made in this order; empty when the memory says it all already.
    package var writes: [BlockWrite]
    /// The worst that can happen when writing stops halfway.
    package var interruption: Interruption
    /// To be written after the blocks are verified; `nil` when the tag has it already. A locked DSFID is no failure.
    package var dsfid: UInt8?
    /// Blocks to lock when everything is verified; empty unless the site profile locks elements.
    package var blocksToLock: [Int]
    /// The whole user memory when all is written.
    package var result: [UInt8]
    /// What is on the tag now and will not be any more, in words; never a value.
    package var leftOut: [String]
}

extension WritePlan {
    /// The memory after the first `count` writes.
    package func memory(_ memory: TagMemory, after count: Int) -> TagMemory {
        var changed = memory
        for write in writes.prefix(count) { changed.write(write) }
        return changed
    }
}

extension WritePlan.Interruption: CustomStringConvertible {
    package var description: String {
        switch self {
        case .alwaysReadable: "readable as the same item after every write"
        case .broken(let after) where after.count == 1: "no item after write \(after.lowerBound), never another one"
        case .broken(let after):
            "no item after writes \(after.lowerBound) to \(after.upperBound), never another one"
        }
    }
}

extension TagMemory {
    /// Puts a block's bytes in their place; bytes outside the memory are dropped.
    mutating func write(_ write: WritePlan.BlockWrite) {
        let start = write.block * blockSize
        for (index, byte) in write.bytes.enumerated() where bytes.indices.contains(start + index) {
            bytes[start + index] = byte
        }
    }

    /// The bytes of a whole block.
    package func bytes(ofBlock block: Int) -> [UInt8] {
        Array(bytes[min(block * blockSize, bytes.count)..<min((block + 1) * blockSize, bytes.count)])
    }
}
