package import Wire

/// A link that plays a device from a recording: it wants the bytes the host sent then and gives what came back then.
///
/// Bytes may be sent in other portions than those recorded. A send that differs is refused, with what was
/// found and what was wanted, and so is anything sent behind the end.
package struct ReplayLink: ~Copyable, Link {
    private var lines: ArraySlice<Transcript.Line>
    private var expected: ArraySlice<UInt8> = []
    private var offset = 0

    /// Takes the bytes of the transcript alone: comments and empty lines play no part.
    package init(_ transcript: Transcript) {
        lines =
            transcript.lines.filter { line in
                switch line {
                case .sent(let bytes), .received(let bytes): !bytes.isEmpty
                case .comment: false
                }
            }[...]
    }

    /// Whether everything recorded was asked for and given.
    package var isFinished: Bool { lines.isEmpty && expected.isEmpty }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        for byte in bytes {
            if expected.isEmpty, case .sent(let wanted)? = lines.first {
                lines.removeFirst()
                expected = wanted[...]
            }
            guard let wanted = expected.first else {
                throw .refused(
                    reason: "replay at byte \(offset) sent: found \(Hex.string(byte)), wanted nothing more to be sent.",
                    hint: "the driver asks more than when this was recorded"
                )
            }
            guard byte == wanted else {
                throw .refused(
                    reason: "replay at byte \(offset) sent: found \(Hex.string(byte)), wanted \(Hex.string(wanted)).",
                    hint: "the driver asks otherwise than when this was recorded"
                )
            }
            expected.removeFirst()
            offset += 1
        }
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard expected.isEmpty, case .received(let bytes)? = lines.first else {
            throw isFinished && limit > .zero ? .closed : .timedOut
        }
        lines.removeFirst()
        return bytes
    }
}
