import Tags

/// How a tag's memory is read, piece by piece: the largest piece first, smaller ones when it fails.
///
/// One read of everything is fastest on a good line; with errors on air pieces of eight blocks are, and some chips
/// read only single blocks (iso15693 §6.3).
struct MemoryReading {
    private(set) var bytes: [UInt8] = []
    private(set) var locked: [Bool] = []
    private(set) var blockSize: Int
    /// Blocks on the tag, when it told them or its end was found.
    private(set) var blockCount: Int?

    private let wanted: Int
    private let mostPerRead: Int
    private let isEndKnown: Bool
    /// Whether lock states are asked for, and the reader has told them of every block so far.
    private var withLocks: Bool
    private let lockBits: UInt8
    private let first: Int
    private var piece: Piece
    private var failures = 0
    private var isFinished = false

    private enum Piece: Int {
        case whole = 256
        case eight = 8
        case single = 1

        var smaller: Piece? {
            switch self {
            case .whole: .eight
            case .eight: .single
            case .single: nil
            }
        }
    }

    /// Attempts for a single block before it counts as unreadable.
    private static let mostFailures = 3

    /// - Parameters:
    ///   - first: the block to begin with.
    ///   - wanted: how many blocks to read; `nil` means all, to the end the layout tells or the tag shows.
    init(first: Int = 0, wanted: Int?, layout: TagLayout, withLocks: Bool) {
        let geometry = layout.geometry
        self.first = first
        self.withLocks = withLocks
        lockBits = layout.lockBits
        mostPerRead = layout.mostBlocksPerRead ?? .max
        blockCount = geometry?.blockCount
        blockSize = geometry?.blockSize ?? 4
        isEndKnown = geometry != nil
        let end = geometry?.blockCount ?? 256
        self.wanted = min(wanted ?? .max, max(0, end - first))
        // Without geometry a read over the end is certain to come, and some chips refuse it whole.
        piece = isEndKnown || wanted != nil ? .whole : .eight
    }

    private var blocksRead: Int { blockSize > 0 ? bytes.count / blockSize : 0 }

    /// Blocks in the next request.
    private var asked: Int { min(piece.rawValue, wanted - blocksRead, mostPerRead) }

    /// What to ask for next; `nil` when all is read.
    var next: ISO15693.Request? {
        let rest = wanted - blocksRead
        guard rest > 0, !isFinished else { return nil }
        let start = first + blocksRead
        let count = asked
        return count == 1
            ? .readSingleBlock(start, withSecurity: withLocks)
            : .readMultipleBlocks(first: start, count: count, withSecurity: withLocks)
    }

    mutating func take(_ response: ISO15693.Response) {
        guard case .blocks(let blocks) = response, let size = blocks.first?.data.count, size > 0,
            bytes.isEmpty || size == blockSize, blocks.allSatisfy({ $0.data.count == size })
        else {
            if !goOnSmaller() { end() }
            return
        }
        let asked = asked
        blockSize = size
        bytes += blocks.flatMap(\.data)
        takeLocks(of: blocks)
        failures = 0
        if blocks.count < asked, !isEndKnown { end() }
    }

    /// Some readers cannot tell lock states: then none are known, rather than all blocks open.
    private mutating func takeLocks(of blocks: [ISO15693.Block]) {
        guard withLocks else { return }
        let states = blocks.compactMap(\.security)
        guard states.count == blocks.count else {
            withLocks = false
            locked = []
            return
        }
        let lockBits = lockBits
        locked += states.map { $0 & lockBits != 0 }
    }

    /// Whether another attempt may help; takes the smaller piece then.
    mutating func mayGoOn(after error: ReaderError) -> Bool {
        switch error {
        case .tagLost, .malformed, .refused:
            return goOnSmaller()
        case .unsupported:
            return piece != .single && goOnSmaller()
        case .link, .noReply:
            return false
        }
    }

    private mutating func goOnSmaller() -> Bool {
        if let smaller = piece.smaller {
            piece = smaller
            return true
        }
        failures += 1
        return failures < Self.mostFailures
    }

    /// The tag has no more to give: a block was refused again and again, or an answer was short.
    private mutating func end() {
        isFinished = true
        if !isEndKnown { blockCount = first + blocksRead }
    }
}
