/// What still has to be read of a tag before its item identifier is known.
package enum ReadPlan: Hashable, Sendable {
    /// Enough was read to decode the identifier, or to know that more reading will not help.
    case enough
    /// These blocks have to be read as well.
    case read(Range<Int>)
}

extension ReadPlan {
    /// The plan for a tag of which `memory` holds the first blocks, at least one.
    ///
    /// An ISO 28560-2 identifier is known after its data set, mostly 8 to 16 bytes. Whatever starts like a basic block
    /// of ISO 28560-3 needs all 34 bytes, so that its checksum can be judged: `11 06 01 …` would also read as an
    /// identifier of six bytes. Other models need 32 bytes.
    package init(after memory: TagMemory) {
        guard memory.blockSize > 0, let first = memory.bytes.first else {
            self = .enough
            return
        }
        // Some software exchanges the nibbles of byte 0: 21 and 71 may start a basic block too.
        let startsBasicBlock = first >> 4 == 1 || first == 0x21 || first == 0x71
        var wanted = BasicBlock.truncatedByteCount
        if let end = Self.endOfIdentifier(memory.bytes), !startsBasicBlock || memory.dsfid == Part2Model.dsfid {
            wanted = end
        } else if startsBasicBlock {
            wanted = BasicBlock.byteCount
        }
        let readBlocks = memory.bytes.count / memory.blockSize
        let wantedBlocks = (wanted + memory.blockSize - 1) / memory.blockSize
        let lastBlock = min(wantedBlocks, memory.blockCount ?? wantedBlocks)
        self = lastBlock > readBlocks ? .read(readBlocks..<lastBlock) : .enough
    }

    /// First byte behind the first data set's value, when it is an item identifier; the header may be cut off.
    private static func endOfIdentifier(_ bytes: [UInt8]) -> Int? {
        guard let precursor = bytes.first, precursor & 0x0F == 1, precursor & 0x70 != 0 else { return nil }
        let header = precursor & 0x80 == 0 ? 1 : 2
        guard bytes.count > header else { return header + 1 }
        return bytes[header] < 0x80 ? header + 1 + Int(bytes[header]) : nil
    }
}
