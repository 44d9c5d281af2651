/// Cuts a stream of bytes into lines; a pure value.
///
/// A message ends with CR; CRLF and LF are taken as well, and an LF left over from the last CRLF is no line of its own
/// (ils §2.2).
package struct SIP2LineSplitter: Sendable {
    /// What was found up to the next end of a line.
    package enum Piece: Hashable, Sendable {
        /// One line without its end; never empty.
        case line([UInt8])
        /// Bytes without an end in sight, given up.
        case overlong([UInt8])
    }

    private var pending: [UInt8] = []
    /// Where in `pending` the line begins that is not given out yet.
    private var head = 0
    /// How much of `pending` is known to hold no line end.
    private var searched = 0

    package init() {}

    /// Whether a line has begun that is not ended yet.
    package var isMidLine: Bool { head < pending.count }

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
            guard line.count <= SIP2Frame.longest else { return .overlong(line) }
            if !line.isEmpty { return .line(line) }
        }
        searched = pending.count
        guard pending.count - head > SIP2Frame.longest else { return nil }
        let lost = Array(pending[head...])
        reset()
        return .overlong(lost)
    }

    /// Forgets what has begun, as after a connection was lost.
    package mutating func reset() {
        pending = []
        head = 0
        searched = 0
    }
}
