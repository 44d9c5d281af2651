import Tags

/// Blocks on their way to a tag: what was there, what shall be there, what was found last.
struct BlockWriting {
    let first: Int
    let blockSize: Int
    let old: [UInt8]
    let wanted: [UInt8]
    /// What was read back last; `nil` when it could not be read.
    var found: [UInt8]?

    init(first: Int, blockSize: Int, old: [UInt8], wanted: [UInt8]) {
        self.first = first
        self.blockSize = blockSize
        self.old = old
        self.wanted = wanted
        found = old
    }

    var isDone: Bool { found == wanted }

    /// Numbers of the blocks that do not hold what they should, counted from the first; all, when nobody knows.
    private var open: [Int] {
        (0..<(wanted.count / blockSize)).filter { index in
            guard let found, found.count == wanted.count else { return true }
            return found[range(index)] != wanted[range(index)]
        }
    }

    private func range(_ index: Int) -> Range<Int> {
        (index * blockSize)..<((index + 1) * blockSize)
    }

    /// The first locked block that would have to change.
    func lockedChange(_ locked: [Bool]) -> Int? {
        open.first { $0 < locked.count && locked[$0] }.map { first + $0 }
    }

    /// The writes still to be sent; neighbours go together, at most `most` of them.
    func requests(atMost most: Int) -> [ISO15693.Request] {
        var runs: [Range<Int>] = []
        for index in open {
            if let last = runs.last, last.upperBound == index, last.count < most {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs.map { run in
            let data = Array(wanted[(run.lowerBound * blockSize)..<(run.upperBound * blockSize)])
            return run.count == 1
                ? .writeSingleBlock(first + run.lowerBound, data: data)
                : .writeMultipleBlocks(first: first + run.lowerBound, count: run.count, data: data)
        }
    }
}
