package import Wire

/// Finds FEIG frames in a stream of bytes, on the host's side (replies) or on the reader's (requests).
///
/// A byte that cannot begin a frame is skipped; so is the first byte of a candidate whose checksum is wrong, and the
/// search goes on behind it, so that a frame hidden in garbage is still found. A candidate that never completes is let
/// go by ``lineFellSilent()``: the protocol allows 12 ms between two bytes of a frame (M-CPR, M-MR101).
package struct FEIGDecoder: FrameDecoder {
    package enum Side: Hashable, Sendable {
        /// Reads replies: a status byte follows the command, and only commands we know come back.
        case host
        /// Reads requests; a request with an unknown command is still a frame, to be answered with status 80.
        case reader
    }

    private let side: Side
    private var pending: [UInt8] = []
    /// Where in `pending` the bytes not yet judged begin.
    private var head = 0
    private var skipped: [UInt8] = []
    private var isSilent = false

    package init(side: Side) {
        self.side = side
    }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        pending.removeFirst(head)
        head = 0
        pending.append(contentsOf: bytes)
        isSilent = false
        let surplus = pending.count - 2 * FEIGFrame.longest
        if surplus > 0 { pending.removeFirst(surplus) }
    }

    /// Lets go of a frame that has begun and will not be finished; what lies behind its first byte is searched anew.
    package mutating func lineFellSilent() {
        isSilent = true
    }

    /// Forgets everything, as before a new request.
    package mutating func reset() {
        pending = []
        head = 0
        skipped = []
        isSilent = false
    }

    /// Whether bytes are kept that may become a frame.
    package var isMidFrame: Bool { head < pending.count }

    package mutating func next() -> DecodedFrame<FEIGFrame>? {
        while isMidFrame {
            switch candidate() {
            case .incomplete where !isSilent:
                return takeSkipped()
            case .frame(let frame, let length):
                if let garbage = takeSkipped() { return garbage }
                head += length
                return .frame(frame)
            case .damaged(let bytes, let stored, let computed):
                if let garbage = takeSkipped() { return garbage }
                skip()
                return .damaged(bytes: bytes, stored: stored, computed: computed)
            case .impossible, .incomplete:
                skip()
            }
        }
        isSilent = false
        return takeSkipped()
    }

    private enum Candidate {
        case impossible
        case incomplete
        case damaged([UInt8], stored: UInt16, computed: UInt16)
        case frame(FEIGFrame, length: Int)
    }

    /// What the pending bytes are when read as a frame from the first of them on.
    private func candidate() -> Candidate {
        let pending = pending[head...]
        let isAdvanced = pending[head] == FEIGFrame.advancedMark
        if isAdvanced, pending.count < 3 { return .incomplete }
        let length = isAdvanced ? Int(pending[head + 1]) << 8 | Int(pending[head + 2]) : Int(pending[head])
        let overhead = isAdvanced ? FEIGFrame.advancedOverhead : FEIGFrame.standardOverhead
        guard length >= (side == .host ? overhead + 1 : overhead) else { return .impossible }
        if side == .host {
            let command = isAdvanced ? 4 : 2
            guard command < pending.count else { return .incomplete }
            guard FEIGCommandCode(rawValue: pending[head + command]) != nil else { return .impossible }
        }
        guard pending.count >= length else { return .incomplete }
        let bytes = Array(pending.prefix(length))
        do throws(ParseError) {
            return .frame(try FEIGFrame(bytes), length: length)
        } catch .checksum(_, let stored, let computed) {
            return .damaged(bytes, stored: stored, computed: computed)
        } catch {
            return .impossible
        }
    }

    private mutating func skip() {
        skipped.append(pending[head])
        head += 1
    }

    private mutating func takeSkipped() -> DecodedFrame<FEIGFrame>? {
        guard !skipped.isEmpty else { return nil }
        defer { skipped = [] }
        return .garbage(skipped)
    }
}
