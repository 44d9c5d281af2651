import Wire

/// Finds frames in a stream of bytes for protocols without escape bytes: every byte may begin a frame until its
/// protocol says otherwise.
///
/// A byte that cannot begin a frame is skipped; so is the first byte of a candidate whose checksum is wrong, and the
/// search goes on behind it, so that a frame hidden in garbage is still found. A candidate costs the same however long
/// it is, and only one whose checksum is right is read, so that the work grows with the bytes and not with how they are
/// chosen.
struct FrameSeeker<Frame: ByteParsable & Hashable & Sendable>: Sendable {
    private let longest: Int
    private var pending: [UInt8] = []
    /// Over `pending`.
    private var checksum: RunningChecksum
    /// Where in `pending` the bytes not yet judged begin.
    private var head = 0
    private var skipped: [UInt8] = []
    private var isSilent = false

    /// - Parameter longest: bytes of the longest legal frame; never more than two of them are kept from one portion of
    ///   bytes to the next.
    init(longest: Int, checksum: FrameChecksum) {
        self.longest = longest
        self.checksum = RunningChecksum(checksum)
    }

    /// Whether bytes are kept that may become a frame.
    var isMidFrame: Bool { head < pending.count }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        // What is done with goes once it is half of all, or every short portion would move a long candidate.
        if head >= pending.count - head { drop(head) }
        // Of what nobody has taken; a portion itself may be longer than frames are.
        let surplus = pending.count - 2 * longest
        if surplus > 0 { drop(surplus) }
        let kept = pending.count
        pending.append(contentsOf: bytes)
        checksum.append(pending[kept...])
        isSilent = false
    }

    /// Lets go of a frame that has begun and will not be finished; what lies behind its first byte is searched anew.
    mutating func lineFellSilent() {
        isSilent = true
    }

    /// Forgets everything, as before a new request.
    mutating func reset() {
        self = FrameSeeker(longest: longest, checksum: checksum.kind)
    }

    /// - Parameter judge: how long the frame is that begins with these bytes; never given an empty slice.
    mutating func next(_ judge: (ArraySlice<UInt8>) -> FrameLength) -> DecodedFrame<Frame>? {
        while isMidFrame {
            switch judge(pending[head...]) {
            case .bytes(let length) where length <= pending.count - head:
                if let garbage = takeSkipped() { return garbage }
                let candidate = head..<(head + length)
                if let fault = checksum.fault(in: candidate, of: pending) {
                    skip()
                    return .damaged(length: length, stored: fault.stored, computed: fault.computed)
                }
                if let frame = try? Frame(Array(pending[candidate])) {
                    head = candidate.upperBound
                    return .frame(frame)
                }
                skip()
            case .bytes, .undecided:
                guard isSilent else { return takeSkipped() }
                skip()
            case .impossible:
                skip()
            }
        }
        isSilent = false
        return takeSkipped()
    }

    private mutating func drop(_ count: Int) {
        pending.removeFirst(count)
        checksum.removeFirst(count)
        head = max(0, head - count)
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
