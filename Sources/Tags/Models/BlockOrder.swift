/// The order of the bytes inside each block of a tag.
package enum BlockOrder: String, Hashable, Sendable {
    /// Byte 0 of a block first.
    case usual
    /// Last byte of each block first: tags of one maker's old system, or a reader that turns blocks round.
    case reversed

    /// `bytes` with each block turned round when the order is ``reversed``; a last, incomplete block stays as it is.
    package func apply(to bytes: [UInt8], blockSize: Int) -> [UInt8] {
        guard self == .reversed, blockSize > 1 else { return bytes }
        var turned = bytes
        for start in stride(from: 0, through: bytes.count - blockSize, by: blockSize) {
            turned[start..<(start + blockSize)].reverse()
        }
        return turned
    }
}
