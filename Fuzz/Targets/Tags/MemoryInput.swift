import Tags

extension TagMemory {
    /// Bytes of the input that say how the memory is cut, and what is known beside it.
    private static let header = 9
    /// Sizes there are on chips, sizes there are not, and sizes that are nonsense.
    private static let blockSizes = [4, 4, 4, 8, 1, 2, 3, 5, 16, 32, 28, 33, 64, 255, 0, -1]

    /// A memory as a reader might deliver it, right or wrong: flags and block size, DSFID, AFI, block count, 32 lock
    /// bits, and the rest as bytes on the tag.
    init(fuzzed input: [UInt8]) {
        let head = input.prefix(Self.header) + repeatElement(0, count: max(0, Self.header - input.count))
        let flags = head[0]
        let bytes = Array(input.dropFirst(Self.header))
        let blockSize = Self.blockSizes[Int(flags >> 4)]
        let locks = head[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let blocks = blockSize > 0 ? min((bytes.count + blockSize - 1) / blockSize, 64) : 1
        self.init(
            bytes: bytes,
            blockSize: blockSize,
            blockCount: flags & 4 != 0 ? (Int(head[3]) << 8 | Int(head[4])) + 1 : nil,
            locked: flags & 8 != 0 ? (0..<blocks).map { locks >> UInt32($0 & 31) & 1 == 1 } : [],
            dsfid: flags & 1 != 0 ? head[1] : nil,
            afi: flags & 2 != 0 ? head[2] : nil
        )
    }
}
