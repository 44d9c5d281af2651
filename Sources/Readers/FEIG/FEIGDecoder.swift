package import Wire

/// Finds FEIG frames in a stream of bytes, on the host's side (replies) or on the reader's (requests).
///
/// A candidate that never completes is let go by ``lineFellSilent()``: the protocol allows 12 ms between two bytes of a
/// frame (M-CPR, M-MR101).
package struct FEIGDecoder: LineDecoder {
    /// Which end of the line listens.
    package enum Side: Hashable, Sendable {
        /// Reads replies: a status byte follows the command, and only commands we know come back.
        case host
        /// Reads requests; a request with an unknown command is still a frame, to be answered with status 80.
        case reader
    }

    private let side: Side
    private var seeker = FrameSeeker<FEIGFrame>(
        longest: FEIGFrame.longest,
        checksum: .crc(.feig, uncovered: 0, lowFirst: true)
    )

    package init(side: Side) {
        self.side = side
    }

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

    package mutating func next() -> DecodedFrame<FEIGFrame>? {
        let side = side
        return seeker.next { Self.length(of: $0, side) }
    }

    private static func length(of pending: ArraySlice<UInt8>, _ side: Side) -> FrameLength {
        let head = pending.startIndex
        let isAdvanced = pending[head] == FEIGFrame.advancedMark
        if isAdvanced, pending.count < 3 { return .undecided }
        let length = isAdvanced ? Int(pending[head + 1]) << 8 | Int(pending[head + 2]) : Int(pending[head])
        let overhead = isAdvanced ? FEIGFrame.advancedOverhead : FEIGFrame.standardOverhead
        guard length >= (side == .host ? overhead + 1 : overhead) else { return .impossible }
        if side == .host {
            let command = isAdvanced ? 4 : 2
            guard command < pending.count else { return .undecided }
            guard FEIGCommandCode(rawValue: pending[head + command]) != nil else { return .impossible }
        }
        return .bytes(length)
    }
}
