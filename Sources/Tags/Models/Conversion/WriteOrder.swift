/// Finds an order of block writes in which a tag torn away reads as the same item or as none, never as another.
///
/// Every state between two writes is decoded, so the promise does not rest on the models being what we think. First come
/// the writes after which the old tag can still be read, last those that the new tag can do without; only what is left
/// in the middle makes the tag unreadable for a while. No order can do better between ISO 28560-2 and -3: both want
/// byte 0, and the checksum of the basic block covers all of the first 34 bytes.
struct WriteOrder {
    private let before: TagMemory
    private let after: [UInt8]
    private let isSame: (LibraryTag) -> Bool
    private let dsfids: [UInt8?]

    private enum Verdict {
        case readable, broken, another
    }

    /// `isSame` judges what a tag in between says; `dsfids` are those a reader may see or be told.
    init(from before: TagMemory, to after: [UInt8], dsfids: Set<UInt8?>, isSame: @escaping (LibraryTag) -> Bool) {
        self.before = before
        self.after = after
        self.isSame = isSame
        self.dsfids = Array(dsfids)
    }

    /// The writes and what an interruption does; `nil` when every order would make the tag another item for a moment.
    func find() -> (writes: [WritePlan.BlockWrite], interruption: WritePlan.Interruption)? {
        var middle = changedBlocks
        let head = peelHead(&middle)
        let tail = peelTail(&middle, head: head)
        let descending = Array(middle.reversed())
        for order in [descending, middle] {
            let writes = (head + order + tail).map(write)
            if let interruption = interruption(of: writes) { return (writes, interruption) }
        }
        for filler: UInt8 in [0x00, 0xFF] {
            let breaker = WritePlan.BlockWrite(block: 0, bytes: Array(repeating: filler, count: before.blockSize))
            let writes = [breaker] + changedBlocks.reversed().filter { $0 != 0 }.map(write) + [write(0)]
            if let interruption = interruption(of: writes) { return (writes, interruption) }
        }
        return nil
    }

    private var changedBlocks: [Int] {
        let target = TagMemory(bytes: after, blockSize: before.blockSize)
        return (0..<after.count / before.blockSize).filter { target.bytes(ofBlock: $0) != before.bytes(ofBlock: $0) }
    }

    private func write(_ block: Int) -> WritePlan.BlockWrite {
        WritePlan.BlockWrite(
            block: block,
            bytes: TagMemory(bytes: after, blockSize: before.blockSize).bytes(ofBlock: block)
        )
    }

    /// Takes out the blocks, the highest first, that can be written while the old tag stays readable.
    private func peelHead(_ blocks: inout [Int]) -> [Int] {
        var state = before
        return peel(&blocks) { block in
            var next = state
            next.write(write(block))
            guard verdict(next) == .readable else { return false }
            state = next
            return true
        }
    }

    /// Takes out the blocks that may still hold their old bytes while the new tag is readable already.
    private func peelTail(_ blocks: inout [Int], head: [Int]) -> [Int] {
        var state = before
        state.bytes = after
        let peeled = peel(&blocks) { block in
            var previous = state
            previous.write(WritePlan.BlockWrite(block: block, bytes: before.bytes(ofBlock: block)))
            guard verdict(previous) == .readable else { return false }
            state = previous
            return true
        }
        return peeled.reversed()
    }

    /// Passes over the blocks from the highest down until a pass takes none; three passes at most.
    private func peel(_ blocks: inout [Int], taking: (Int) -> Bool) -> [Int] {
        var taken: [Int] = []
        for _ in 0..<3 {
            let pass = blocks.reversed().filter(taking)
            if pass.isEmpty { break }
            taken += pass
            blocks.removeAll(where: pass.contains)
        }
        return taken
    }

    /// What happens between the writes; `nil` when a state in between reads as another item or the end is not readable.
    private func interruption(of writes: [WritePlan.BlockWrite]) -> WritePlan.Interruption? {
        var state = before
        var broken: ClosedRange<Int>?
        for (index, write) in writes.enumerated() {
            state.write(write)
            switch verdict(state) {
            case .readable: continue
            case .another: return nil
            case .broken: broken = (broken?.lowerBound ?? index + 1)...(index + 1)
            }
        }
        if let broken, broken.upperBound == writes.count { return nil }
        return broken.map { .broken(after: $0) } ?? .alwaysReadable
    }

    private func verdict(_ state: TagMemory) -> Verdict {
        var isReadable = true
        for dsfid in dsfids {
            var seen = state
            seen.dsfid = dsfid
            let tag = LibraryTag(reading: seen)
            guard tag.isReliable else {
                isReadable = false
                continue
            }
            if !isSame(tag) { return .another }
        }
        return isReadable ? .readable : .broken
    }
}
