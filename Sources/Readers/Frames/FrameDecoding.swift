package import Wire

/// A frame whose first bytes tell how long it is, so that it can be found in a stream of bytes.
package protocol SizedFrame: ByteParsable, Hashable, Sendable {
    /// Bytes of the longest legal frame.
    static var longest: Int { get }

    /// What is compared before a frame is read.
    static var checksum: FrameChecksum { get }

    /// How long the frame that begins with these bytes is; never given an empty slice.
    static func length(of pending: ArraySlice<UInt8>) -> FrameLength
}

/// What the first bytes of a candidate say of its length.
package enum FrameLength: Hashable, Sendable {
    /// No frame begins so.
    case impossible
    /// More bytes are needed to tell.
    case undecided
    /// So many bytes in all.
    case bytes(Int)
}

/// Finds frames of one protocol in a stream of bytes, on either side of the line.
package struct SizedDecoder<Frame: SizedFrame>: LineDecoder {
    private var seeker = FrameSeeker<Frame>(longest: Frame.longest, checksum: Frame.checksum)

    package init() {}

    /// Whether bytes are kept that may become a frame.
    package var isMidFrame: Bool { seeker.isMidFrame }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        seeker.append(bytes)
    }

    package mutating func lineFellSilent() {
        seeker.lineFellSilent()
    }

    package mutating func reset() {
        seeker.reset()
    }

    package mutating func next() -> DecodedFrame<Frame>? {
        seeker.next { Frame.length(of: $0) }
    }
}
