import Wire

/// One reading of a memory as ISO 28560-3: which form of the basic block its checksum confirms, and where that stands.
struct Part3Reading {
    /// The memory with its bytes in the usual order.
    let memory: TagMemory
    let order: BlockOrder
    let block: BasicBlock
    /// Whether the memory, or its writer's idea of it, ends after 32 bytes.
    let isTruncated: Bool
    let computed: UInt16

    /// Tries the block as stored and with every memory block reversed, whole and cut to 32 bytes; the first whose
    /// checksum is right is taken, else the whole block as stored. `nil` when there are too few bytes for one.
    init?(_ memory: TagMemory) {
        guard let asStored = Part3Reading(memory, in: .usual) else { return nil }
        guard !asStored.isRight, memory.blockSize > 1, let turned = Part3Reading(memory, in: .reversed), turned.isRight
        else {
            self = asStored
            return
        }
        self = turned
    }

    private init?(_ memory: TagMemory, in order: BlockOrder) {
        var usual = memory
        if order == .reversed { usual.bytes = order.apply(to: memory.bytes, blockSize: memory.blockSize) }
        var reader = ByteReader(usual.bytes)
        guard let block = try? BasicBlock(parsing: &reader) else { return nil }
        let whole = block.computedChecksum
        let cut = block.owner.dropFirst(11).contains { $0 != 0 } ? block.checksum(countingOwner: 11) : whole
        let isCut = whole != block.checksum && cut == block.checksum
        computed = isCut ? cut : whole
        isTruncated = isCut || usual.bytes.count < BasicBlock.byteCount
        self.block = block
        self.order = order
        self.memory = usual
    }

    var isRight: Bool { computed == block.checksum }
}

extension Part3Reading {
    /// A right checksum is proof, whatever the DSFID says; plausible fields with a wrong one are worth a remark only.
    var recognition: Recognition {
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
        // No chip has fewer than 32 bytes (datamodels §5.6), so with fewer the reading stopped before the tag did.
        return block.owner.count < 11 && (memory.isPartial || memory.blockCount == nil)
            ? Recognition(.maybe, because: "the fields look right, the checksum cannot be checked on so few bytes")
            : Recognition(.maybe, because: "the fields look right, but the checksum of the basic block is wrong")
    }
}
