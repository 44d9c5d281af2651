import Wire

/// One reading of a memory as ISO 28560-3: which form of the basic block its checksum confirms, and where that stands.
struct Part3Reading {
    /// The memory with its bytes in the usual order.
    let memory: TagMemory
    let order: BlockOrder
    /// `nil` when there are too few bytes for one.
    let block: BasicBlock?
    /// Whether the memory, or its writer's idea of it, ends after 32 bytes.
    let isTruncated: Bool
    let computed: UInt16
    let isRight: Bool

    /// Tries the block as stored and with every memory block reversed, whole and cut to 32 bytes; the first whose
    /// checksum is right is taken, else the whole block as stored.
    init(_ memory: TagMemory) {
        let asStored = Attempt(memory.bytes)
        if asStored?.isRight != true,
            let turned = Attempt(BlockOrder.reversed.apply(to: memory.bytes, blockSize: memory.blockSize)),
            turned.isRight
        {
            order = .reversed
            var usual = memory
            usual.bytes = turned.bytes
            self.memory = usual
            (block, isTruncated, computed) = (turned.block, turned.isTruncated, turned.computed)
            isRight = true
        } else {
            order = .usual
            self.memory = memory
            (block, isTruncated) = (asStored?.block, asStored?.isTruncated ?? true)
            computed = asStored?.computed ?? 0
            isRight = asStored?.isRight ?? false
        }
    }

    /// A basic block read from bytes in one order.
    private struct Attempt {
        let bytes: [UInt8]
        let block: BasicBlock
        let isTruncated: Bool
        let computed: UInt16

        init?(_ bytes: [UInt8]) {
            var reader = ByteReader(bytes)
            guard let block = try? BasicBlock(parsing: &reader) else { return nil }
            self.bytes = bytes
            self.block = block
            let whole = block.computedChecksum
            let cut = block.owner.dropFirst(11).contains { $0 != 0 } ? block.checksum(countingOwner: 11) : whole
            let isCut = whole != block.checksum && cut == block.checksum
            computed = isCut ? cut : whole
            isTruncated = isCut || bytes.count < BasicBlock.byteCount
        }

        var isRight: Bool { computed == block.checksum }
    }
}

extension Part3Reading {
    /// A right checksum is proof, whatever the DSFID says; plausible fields with a wrong one are worth a remark only.
    var recognition: Recognition {
        guard let block else { return Recognition(.no, because: "there are fewer bytes than a basic block has") }
        if isRight {
            return Recognition(
                .certain,
                because: order == .usual
                    ? "the checksum of the basic block is right"
                    : "the checksum of the basic block is right when the bytes of each block are reversed"
            )
        }
        guard BasicBlock.isPlausible(memory.bytes) else {
            return Recognition(.no, because: "the checksum of the basic block is wrong")
        }
        return block.owner.count < 11 && memory.isPartial
            ? Recognition(.maybe, because: "the fields look right, the checksum cannot be checked on so few bytes")
            : Recognition(.maybe, because: "the fields look right, but the checksum of the basic block is wrong")
    }
}
