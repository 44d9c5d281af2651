import Wire

/// A frame decoder that can be told of silence, so that it gives up what will not be finished.
protocol LineDecoder: FrameDecoder {
    /// Whether bytes are kept that may become a frame.
    var isMidFrame: Bool { get }
    /// The rest of a begun frame will not come: what was kept behind its first byte is searched anew.
    mutating func lineFellSilent()
    /// Forgets everything, as before a new request.
    mutating func reset()
}

/// The half of a conversation with a device that all frame protocols share: send, throw away what is stale, listen.
struct FrameLine<Decoder: LineDecoder>: ~Copyable, Sendable {
    private var link: any Link & ~Copyable
    private var decoder: Decoder

    /// How long a frame may pause; adapters and networks deliver in portions.
    private static var pauseLimit: Duration { .milliseconds(250) }
    /// How much longer than asked a device may keep the line busy without a reply.
    private static var overtime: Duration { .seconds(1) }
    /// How many bytes it may send without a reply among them: four of the longest frames there are.
    private static var mostBytes: Int { 1 << 18 }

    init(_ link: consuming any Link & ~Copyable, _ decoder: Decoder) {
        self.link = link
        self.decoder = decoder
    }

    enum Heard<Reply: Sendable>: Sendable {
        case reply(Reply)
        /// A frame came whose checksum is wrong, and nothing better.
        case damaged(ParseError)
        case silence
    }

    mutating func send(_ bytes: [UInt8]) async throws(ReaderError) {
        do throws(LinkError) {
            try await link.send(bytes)
        } catch {
            throw .link(error)
        }
    }

    /// Throws away what came unasked; bounded, so that a device that never stops talking is found out by the silence
    /// that follows.
    mutating func drain() async throws(ReaderError) {
        for _ in 0..<64 {
            guard try await receive(within: .zero) != nil else { break }
        }
        decoder.reset()
    }

    /// Waits for the first frame that `accept` takes for the reply; frames it refuses are stale or foreign.
    ///
    /// Clock and count only stop a device that sends bytes without end.
    mutating func listen<Reply: Sendable>(
        for field: String,
        within limit: Duration,
        accept: (Decoder.Frame) -> Reply?
    ) async throws(ReaderError) -> Heard<Reply> {
        let end = link.uptime() + limit + Self.overtime
        var damage: ParseError?
        var heard = 0
        while link.uptime() < end, heard < Self.mostBytes {
            while let found = decoder.next() {
                switch found {
                case .frame(let frame):
                    if let reply = accept(frame) { return .reply(reply) }
                case .damaged(_, let stored, let computed):
                    damage = .checksum(field: "\(field) reply", stored: stored, computed: computed)
                case .garbage:
                    break
                }
            }
            let patience = decoder.isMidFrame || damage != nil ? Self.pauseLimit : limit
            if let bytes = try await receive(within: patience) {
                decoder.append(bytes)
                heard += bytes.count
            } else if decoder.isMidFrame {
                decoder.lineFellSilent()
            } else {
                break
            }
        }
        if let damage { return .damaged(damage) }
        return .silence
    }

    /// The next bytes, or `nil` when none came in time.
    private mutating func receive(within limit: Duration) async throws(ReaderError) -> [UInt8]? {
        do throws(LinkError) {
            return try await link.receive(within: limit)
        } catch .timedOut {
            return nil
        } catch {
            throw .link(error)
        }
    }
}
