import Wire

/// Finds frames in a stream of bytes for protocols without escape bytes: every byte may begin a frame until its
/// protocol says otherwise.
///
/// A byte that cannot begin a frame is skipped; so is the first byte of a candidate whose checksum is wrong, and the
/// search goes on behind it, so that a frame hidden in garbage is still found.
struct FrameSeeker<Frame: Hashable & Sendable>: Sendable {
    /// What pending bytes are when read as a frame from the first of them on.
    enum Candidate {
        /// The first byte begins no frame.
        case impossible
        /// So far it may be one.
        case incomplete
        case damaged(length: Int, stored: UInt16, computed: UInt16)
        case frame(Frame, length: Int)
    }

    private let longest: Int
    private var pending: [UInt8] = []
    /// Where in `pending` the bytes not yet judged begin.
    private var head = 0
    private var skipped: [UInt8] = []
    private var isSilent = false

    /// - Parameter longest: bytes of the longest legal frame; never more than two of them are kept from one portion of
    ///   bytes to the next.
    init(longest: Int) {
        self.longest = longest
    }

    /// Whether bytes are kept that may become a frame.
    var isMidFrame: Bool { head < pending.count }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        pending.removeFirst(head)
        head = 0
        // Of what nobody has taken; a portion itself may be longer than frames are.
        let surplus = pending.count - 2 * longest
        if surplus > 0 { pending.removeFirst(surplus) }
        pending.append(contentsOf: bytes)
        isSilent = false
    }

    /// Lets go of a frame that has begun and will not be finished; what lies behind its first byte is searched anew.
    mutating func lineFellSilent() {
        isSilent = true
    }

    /// Forgets everything, as before a new request.
    mutating func reset() {
        self = FrameSeeker(longest: longest)
    }

    /// `judge` is never given an empty slice.
    mutating func next(_ judge: (ArraySlice<UInt8>) -> Candidate) -> DecodedFrame<Frame>? {
        while isMidFrame {
            switch judge(pending[head...]) {
            case .incomplete where !isSilent:
                return takeSkipped()
            case .frame(let frame, let length):
                if let garbage = takeSkipped() { return garbage }
                head += length
                return .frame(frame)
            case .damaged(let length, let stored, let computed):
                if let garbage = takeSkipped() { return garbage }
                let bytes = Array(pending[head...].prefix(length))
                skip()
                return .damaged(bytes: bytes, stored: stored, computed: computed)
            case .impossible, .incomplete:
                skip()
            }
        }
        isSilent = false
        return takeSkipped()
    }

    private mutating func skip() {
        skipped.append(pending[head])
        head += 1
    }

    private mutating func takeSkipped() -> DecodedFrame<Frame>? {
        guard !skipped.isEmpty else { return nil }
        defer { skipped = [] }
        return .garbage(skipped)
    }
}
