import Wire

/// The conversation with one RL866 reader: requests with a toggling bit, a fresh start after every silence.
struct RL866Line: ~Copyable, Sendable {
    private var line: FrameLine<RL866Decoder>
    private var sequence = false
    private var isSynchronised = false

    private static let limit = Duration.seconds(2)
    private static let ownLimit = Duration.milliseconds(500)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, RL866Decoder())
    }

    /// Sends a command and gives status and parameters of its reply.
    ///
    /// A reply with a wrong checksum is not asked for again here: the reader has carried the command out and moved on.
    mutating func ask(
        _ code: RL866Code,
        _ parameters: [UInt8]
    ) async throws(ReaderError) -> (error: RL866Error, data: [UInt8]) {
        if !isSynchronised { try await synchronise() }
        var mayToggle = true
        while true {
            let control = sequence ? RL866Frame.sequence : 0
            sequence.toggle()
            try await line.drain()
            try await line.send(RL866Frame(control: control, information: [code.rawValue] + parameters).bytes)
            let heard = try await line.listen(for: "\(code)", within: Self.limit) { frame -> [UInt8]? in
                frame.control & 0x80 == 0 && frame.information.first == code.rawValue ? frame.information : nil
            }
            switch heard {
            case .reply(let information):
                let (error, data) = try Self.parsed(information)
                guard error == .sequence, mayToggle else { return (error, data) }
                // Whether a fresh start sets the bit back is not known: take the reader's word.
                mayToggle = false
            case .damaged(let error):
                isSynchronised = false
                throw .malformed(error)
            case .silence:
                isSynchronised = false
                throw .noReply(command: "\(code)")
            }
        }
    }

    /// Starts afresh; whatever was under way comes before the answer to this and is thrown away.
    mutating func synchronise() async throws(ReaderError) {
        for _ in 0..<2 {
            try await line.drain()
            try await line.send(RL866Frame(control: RL866Frame.resynchronise).bytes)
            let heard = try await line.listen(for: "resynchronisation", within: Self.ownLimit) { frame -> Bool? in
                frame.control == RL866Frame.resynchronise ? true : nil
            }
            guard case .reply = heard else { continue }
            sequence = false
            isSynchronised = true
            return
        }
        throw .noReply(command: "resynchronisation")
    }

    private static func parsed(_ information: [UInt8]) throws(ReaderError) -> (error: RL866Error, data: [UInt8]) {
        do throws(ParseError) {
            var reader = ByteReader(information)
            _ = try reader.byte("command")
            let error = RL866Error(code: try reader.uint16LittleEndian("status"))
            return (error, Array(reader.rest()))
        } catch {
            throw .malformed(error)
        }
    }
}
