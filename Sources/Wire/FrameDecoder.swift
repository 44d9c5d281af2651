/// Turns a stream of bytes into frames; a pure value that finds its way back after garbage by itself.
///
/// Memory is bounded: beside the last portion of bytes a decoder keeps two of its longest legal frames at most. So is
/// time: twice as many bytes take twice as long, whichever bytes they are.
package protocol FrameDecoder: Sendable {
    associatedtype Frame: Hashable & Sendable

    /// Takes the next bytes from the line, in any portions.
    mutating func append(_ bytes: some Sequence<UInt8>)

    /// The next frame or fault found in the bytes taken so far; `nil` when more bytes are needed.
    mutating func next() -> DecodedFrame<Frame>?
}

/// What a frame decoder found: a bad checksum is a result, not an error that stops the line.
package enum DecodedFrame<Frame: Hashable & Sendable>: Hashable, Sendable {
    case frame(Frame)
    /// So many bytes had the shape of a frame, but its checksum is wrong.
    case damaged(length: Int, stored: UInt16, computed: UInt16)
    /// Bytes that belong to no frame and were skipped.
    case garbage([UInt8])
}
