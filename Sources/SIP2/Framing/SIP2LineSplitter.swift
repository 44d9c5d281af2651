/// Cuts a stream of bytes into lines; a pure value.
///
/// A message ends with CR; CRLF and LF are taken as well, and an LF left over from the last CRLF is no line of its own
/// (ils §2.2).
package struct SIP2LineSplitter: Sendable {
    /// What was found up to the next end of a line.
    package enum Piece: Hashable, Sendable {
        /// One line without its end; never empty.
        case line([UInt8])
        /// Bytes of a line that is too long to be a message, given up; the rest of such a line comes as more of them.
        case overlong([UInt8])
    }

    private var pending: [UInt8] = []
    /// Where in `pending` the line begins that is not given out yet.
    private var head = 0
    /// How much of `pending` is known to hold no line end.
    private var searched = 0
    /// Whether the present line was given up, up to where it ends: what stands at its end is no message of its own.
    private var isGivenUp = false

    private let longest: Int

    /// - Parameter longest: bytes of the longest line that is taken.
    package init(longest: Int = SIP2Frame.longest) {
        self.longest = longest
    }

    /// Whether a line has begun that is not ended yet.
    package var isMidLine: Bool { isGivenUp || head < pending.count }

    /// Takes bytes in any portions, as the connection brings them.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        pending.removeFirst(head)
        searched -= head
        head = 0
        pending.append(contentsOf: bytes)
    }

    /// The next whole line; `nil` when more bytes are needed.
    package mutating func next() -> Piece? {
        while let end = pending[searched...].firstIndex(where: { $0 == 0x0D || $0 == 0x0A }) {
            let line = Array(pending[head..<end])
            head = end + 1
            searched = head
            let wasGivenUp = isGivenUp
            isGivenUp = false
            if line.isEmpty { continue }
            return wasGivenUp || line.count > longest ? .overlong(line) : .line(line)
        }
        searched = pending.count
        guard pending.count - head > longest else { return nil }
        let lost = Array(pending[head...])
        reset()
        isGivenUp = true
        return .overlong(lost)
    }

    /// Forgets what has begun, as after a connection was lost.
    package mutating func reset() {
        pending = []
        head = 0
        searched = 0
        isGivenUp = false
    }
}
