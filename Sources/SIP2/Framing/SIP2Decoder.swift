package import Wire

/// Finds messages in a stream of bytes, on either side of the line.
package struct SIP2Decoder: FrameDecoder {
    private var splitter = SIP2LineSplitter()

    package init() {}

    /// Whether a message has begun that is not ended yet.
    package var isMidFrame: Bool { splitter.isMidLine }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        splitter.append(bytes)
    }

    package mutating func next() -> DecodedFrame<SIP2Frame>? {
        switch splitter.next() {
        case nil: nil
        case .overlong(let bytes): .garbage(bytes)
        case .line(let line): Self.judge(line)
        }
    }

    package mutating func reset() {
        splitter.reset()
    }

    private static func judge(_ line: [UInt8]) -> DecodedFrame<SIP2Frame> {
        do throws(ParseError) {
            return .frame(try SIP2Frame(line))
        } catch .checksum(_, let stored, let computed) {
            return .damaged(length: line.count, stored: stored, computed: computed)
        } catch {
            return .garbage(line)
        }
    }
}
