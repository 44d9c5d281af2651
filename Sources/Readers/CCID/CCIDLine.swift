import Wire

/// The conversation with the first slot of one reader. Every reply carries the number of its request, so a late one is
/// never taken for another.
struct CCIDLine: ~Copyable, Sendable {
    private var line: FrameLine<CCIDDecoder>
    private var sequence: UInt8 = 0xFF

    /// Readers ask for patience before this is over.
    private static let limit = Duration.seconds(3)
    /// How often a reader may ask for it about one request: half a minute in all.
    private static let mostExtensions = 10
    /// What the reader needs to say how its slot stands.
    private static let ownLimit = Duration.seconds(1)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, CCIDDecoder())
    }

    /// A reply: what it carries, and how the slot stands.
    struct Reply: Sendable {
        var data: [UInt8]
        var status: CCIDStatus
    }

    mutating func ask(_ kind: CCIDMessage.Kind, _ data: [UInt8] = []) async throws(ReaderError) -> Reply {
        sequence &+= 1
        let number = sequence
        try await line.drain()
        try await line.send(CCIDMessage(kind, sequence: number, data: data).bytes)
        let limit = kind == .slotStatus ? Self.ownLimit : Self.limit
        // Each request for patience says that the same number will be answered again, and starts the time anew.
        for _ in 0...Self.mostExtensions {
            let heard = try await line.listen(for: "\(kind)", within: limit) { message -> Reply? in
                guard message.sequence == number, message.slot == 0, message.kind.rawValue >= 0x80 else { return nil }
                return Reply(data: message.data, status: CCIDStatus(message.specific))
            }
            guard case .reply(let reply) = heard else { break }
            if reply.status.outcome != .timeExtension { return reply }
        }
        throw .noReply(command: "\(kind)")
    }

    /// Sends a command to the card, or past it to the reader; `nil` when the slot has no card that could take it.
    mutating func command(
        _ command: CardCommand,
        by way: CCIDMessage.Kind
    ) async throws(ReaderError) -> CardAnswer? {
        let reply = try await ask(way, command.bytes)
        switch reply.status.outcome {
        case .failed(let error) where error == .notSupported && way == .escape:
            throw .unsupported("commands without a card on this CCID reader")
        case .failed(let error) where error == .busy:
            // A request that was given up is still at work: that says nothing of the card and what it takes.
            throw .refused(code: error.code, meaning: error.meaning)
        case .failed where reply.status.card != .active || way == .transfer:
            return nil
        case .failed(let error):
            throw .refused(code: error.code, meaning: error.meaning)
        case .done, .timeExtension:
            return try CardAnswer(reply: reply.data)
        }
    }
}
