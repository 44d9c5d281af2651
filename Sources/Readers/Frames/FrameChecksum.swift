package import Wire

/// How the last bytes of a frame vouch for those in front of them.
package enum FrameChecksum: Sendable {
    /// Two bytes over all others but the first `uncovered`; `lowFirst` when the less significant of the two goes first.
    case crc(CRC16, uncovered: Int, lowFirst: Bool)
    /// One byte: all others combined by exclusive or.
    case exclusiveOr
    /// There is none: the line itself vouches for what it brings.
    case absent
}

/// The checksums of all candidates in a stream of bytes, each found in the same time however long its frame is.
///
/// Every byte may begin a frame, so candidates overlap: chosen bytes begin one of tens of thousands of bytes at every
/// third place. Going through each of them by itself, the 64 KiB of one portion were gone through ten thousand times.
struct RunningChecksum: Sendable {
    let kind: FrameChecksum
    /// What the bytes come to in front of the first that is kept and behind each.
    private var sums: [UInt16] = [0]

    init(_ kind: FrameChecksum) {
        self.kind = kind
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        var sum = sums[sums.count - 1]
        switch kind {
        case .crc(let crc, _, _):
            for byte in bytes {
                sum = crc.register(sum, behind: byte)
                sums.append(sum)
            }
        case .exclusiveOr:
            for byte in bytes {
                sum ^= UInt16(byte)
                sums.append(sum)
            }
        case .absent:
            break
        }
    }

    /// Forgets the first `count` bytes, at most all that are kept.
    mutating func removeFirst(_ count: Int) {
        if case .absent = kind { return }
        sums.removeFirst(count)
    }

    /// What stands in the frame and what should; `nil` when they are the same. `bytes` are those that were appended and
    /// not removed.
    func fault(in frame: Range<Int>, of bytes: [UInt8]) -> (stored: UInt16, computed: UInt16)? {
        let stored: UInt16
        let computed: UInt16
        switch kind {
        case .crc(let crc, let uncovered, let lowFirst):
            let covered = frame.lowerBound + uncovered
            let end = frame.upperBound - 2
            // What is too short to hold its checksum is refused when it is read.
            guard covered <= end else { return nil }
            let (first, second) = (UInt16(bytes[end]), UInt16(bytes[end + 1]))
            stored = lowFirst ? second << 8 | first : first << 8 | second
            computed = crc.value(from: sums[covered], to: sums[end], count: end - covered)
        case .exclusiveOr:
            guard let end = frame.last else { return nil }
            stored = UInt16(bytes[end])
            computed = sums[frame.lowerBound] ^ sums[end]
        case .absent:
            return nil
        }
        if stored == computed { return nil }
        return (stored: stored, computed: computed)
    }
}
