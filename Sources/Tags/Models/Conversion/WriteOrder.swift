/// Finds an order of block writes in which a tag torn away reads as the same item or as none, never as another.
///
/// Every state between two writes is decoded, so the promise does not rest on the models being what we think. First
/// come the writes after which the old tag can still be read, last those that the new tag can do without; only what is
/// left in the middle makes the tag unreadable for a while. Between ISO 28560-2 and -3 no order avoids that: both want
/// byte 0, and the checksum of the basic block covers all of the first 34 bytes.
struct WriteOrder {
    private let before: TagMemory
    private let after: [UInt8]
    private let isSame: (LibraryTag) -> Bool
    private let dsfids: [UInt8?]
    /// What was found of the states so far, by their bytes: most orders pass through the same ones.
    private var verdicts: [[UInt8]: Verdict] = [:]

    private enum Verdict {
        case readable, broken, another
    }

    /// `isSame` judges what a tag in between says; `dsfids` are those a reader may see or be told. Of those that no
    /// model heeds one stands for all.
    init(from before: TagMemory, to after: [UInt8], dsfids: Set<UInt8?>, isSame: @escaping (LibraryTag) -> Bool) {
        self.before = before
        self.after = after
        self.isSame = isSame
        let heeded = dsfids.filter { $0.map(AllModels.heed) == true }
        let isHeeded = before.dsfid.map(AllModels.heed) == true
        self.dsfids = Array(heeded.union(isHeeded ? [nil, before.dsfid] : [before.dsfid]))
    }

    /// The writes and what an interruption does; `nil` when every order would make the tag another item for a moment.
    ///
    /// The order with the fewest broken states wins, the one with fewer writes among equals.
    mutating func find() -> (writes: [WritePlan.BlockWrite], interruption: WritePlan.Interruption)? {
        var best: (writes: [WritePlan.BlockWrite], broken: ClosedRange<Int>?)?
        for writes in candidates() {
            let fewest = best.map { $0.broken?.count ?? 0 } ?? .max
            guard let broken = interruption(of: writes, under: fewest) else { continue }
            best = (writes, broken)
            if broken == nil { break }
        }
        return best.map { ($0.writes, $0.broken.map { .broken(after: $0) } ?? .alwaysReadable) }
    }

    private mutating func candidates() -> [[WritePlan.BlockWrite]] {
        var middle = changedBlocks
        let head = peelHead(&middle)
        let tail = peelTail(&middle)
        let changed = Array(changedBlocks.reversed())
        var candidates = [head + middle.reversed() + tail, head + middle + tail].map { $0.map(write) }
        if let shortened, !changed.isEmpty {
            let later = changed.filter { $0 > shortened.block }
            let earlier = changed.filter { $0 < shortened.block }
            candidates.append([shortened] + (later + [shortened.block] + earlier).map(write))
        }
        for filler: UInt8 in [0x00, 0xFF] where !changed.isEmpty {
            let breaker = WritePlan.BlockWrite(block: 0, bytes: Array(repeating: filler, count: before.blockSize))
            candidates.append([breaker] + (changed.filter { $0 != 0 } + [0]).map(write))
        }
        // The writes in between may be on blocks that do not change, and those may be locked.
        return candidates.filter { writes in !writes.contains { before.isLocked(block: $0.block) } }
    }

    /// The block behind the identifier of an ISO 28560-2 chain with the chain ended there: one more write, after which
    /// the other blocks can change while the tag still tells its identifier.
    private var shortened: WritePlan.BlockWrite? {
        guard LibraryTag(reading: before).model == Part2Model.name,
            let end = DataSetChain(before.bytes).links.first?.range.upperBound, end < before.bytes.count
        else { return nil }
        let block = end / before.blockSize
        let kept = before.bytes(ofBlock: block).prefix(end % before.blockSize)
        return WritePlan.BlockWrite(
            block: block,
            bytes: kept + Array(repeating: 0, count: before.blockSize - kept.count)
        )
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
    private mutating func peelHead(_ blocks: inout [Int]) -> [Int] {
        var state = before
        return Self.peel(&blocks) { block in
            var next = state
            next.write(write(block))
            guard verdict(next) == .readable else { return false }
            state = next
            return true
        }
    }

    /// Takes out the blocks that may still hold their old bytes while the new tag is readable already.
    private mutating func peelTail(_ blocks: inout [Int]) -> [Int] {
        var state = before
        state.bytes = after
        let peeled = Self.peel(&blocks) { block in
            var previous = state
            previous.write(WritePlan.BlockWrite(block: block, bytes: before.bytes(ofBlock: block)))
            guard verdict(previous) == .readable else { return false }
            state = previous
            return true
        }
        return peeled.reversed()
    }

    /// Passes over the blocks from the highest down until a pass takes none; three passes at most.
    private static func peel(_ blocks: inout [Int], taking: (Int) -> Bool) -> [Int] {
        var taken: [Int] = []
        for _ in 0..<3 {
            let pass = blocks.reversed().filter(taking)
            if pass.isEmpty { break }
            taken += pass
            blocks.removeAll(where: pass.contains)
        }
        return taken
    }

    /// The writes after which the tag is broken, `.some(nil)` for none; `nil` when a state in between reads as another
    /// item, or when there are `limit` broken ones. The last state is the one wanted, and gets its DSFID after that.
    private mutating func interruption(of writes: [WritePlan.BlockWrite], under limit: Int) -> ClosedRange<Int>?? {
        var state = before
        var broken: ClosedRange<Int>?
        for (count, write) in zip(1..., writes.dropLast()) {
            state.write(write)
            switch verdict(state) {
            case .readable: continue
            case .another: return nil
            case .broken:
                let range = (broken?.lowerBound ?? count)...count
                if range.count >= limit { return nil }
                broken = range
            }
        }
        return .some(broken)
    }

    /// What a state is: readable with the DSFID the tag has meanwhile, and no other item with any DSFID.
    private mutating func verdict(_ state: TagMemory) -> Verdict {
        if let known = verdicts[state.bytes] { return known }
        let found = judge(state)
        verdicts[state.bytes] = found
        return found
    }

    private func judge(_ state: TagMemory) -> Verdict {
        var verdict = Verdict.broken
        for dsfid in dsfids {
            var seen = state
            seen.dsfid = dsfid
            guard LibraryTag.isRecognised(seen) else { continue }
            let tag = LibraryTag(reading: seen)
            guard tag.isReliable else { continue }
            guard isSame(tag) else { return .another }
            if dsfid == state.dsfid { verdict = .readable }
        }
        return verdict
    }
}
