/// How much fits into one request and one reply of a reader.
struct FEIGLimits: Hashable, Sendable {
    /// Bytes of the longest request, RX-BUF of command 66.
    var receiveBuffer: Int
    /// Bytes of the longest reply, TX-BUF of command 66.
    var sendBuffer: Int
    var style: FEIGFrame.Style

    /// For readers that do not tell: a standard frame.
    static let unknown = FEIGLimits(receiveBuffer: 0xFF, sendBuffer: 0xFF, style: .standard)

    /// Data bytes of tag blocks in one request or reply (M-CPR, SIEMENS).
    static let mostBlockBytes = 128
    /// Frame, command and parameters around the data of an addressed write in the advanced style.
    private static let writeOverhead = 20
    /// Frame, status, count and size around the blocks of a read reply in the advanced style.
    private static let readOverhead = 10

    /// How many blocks of `size` bytes one request may read; each brings a security byte along.
    func blocksPerRead(size: Int) -> Int {
        let size = max(1, size)
        return max(1, min(Self.mostBlockBytes / size, (sendBuffer - Self.readOverhead) / (size + 1)))
    }

    /// How many blocks of `size` bytes one request may write.
    func blocksPerWrite(size: Int) -> Int {
        let longest = style == .standard ? min(receiveBuffer, 0xFF) : receiveBuffer
        return max(1, min(Self.mostBlockBytes, longest - Self.writeOverhead) / max(1, size))
    }
}
