import Wire

/// The conversation with one FEIG reader: a request goes out, its reply comes back, everything else is thrown away.
///
/// A reply that was late is never taken for the answer to the next request: after silence or damage a ping is sent
/// first, and whatever comes before the ping's own reply is stale.
struct FEIGLine: ~Copyable, Sendable {
    private var line: FrameLine<FEIGDecoder>
    private var mayBringStaleReply = false
    var style = FEIGFrame.Style.advanced
    /// The reader's own address once it has told it.
    var address = FEIGFrame.anyReader
    /// The reader's name in refusals.
    var device = "the FEIG reader"

    /// How long a reader may take for work on tags: its TR-RESPONSE-TIME is 1 s on pads and 3 s on the slowest
    /// (M-CPR, M-M02M8).
    static let tagLimit = Duration.milliseconds(3200)
    /// How long a reader may take to answer for itself.
    static let ownLimit = Duration.seconds(1)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, FEIGDecoder(side: .host))
    }

    /// Sends a command and waits for its reply; a reply with a wrong checksum is asked for once more when the command
    /// may be repeated without harm.
    mutating func ask<Command: FEIGCommand>(
        _ command: Command,
        within limit: Duration = FEIGLine.tagLimit,
        mayRepeat: Bool = true
    ) async throws(ReaderError) -> FEIGAnswer<Command.Reply> {
        var attempts = mayRepeat ? 2 : 1
        while true {
            try await line.drain()
            if mayBringStaleReply { try await fence() }
            // However this ends but by its reply, that one may still be under way: also where the link says that the
            // bytes could not be sent in time, since it may have been wrong about the last of them.
            mayBringStaleReply = true
            try await send(Command.code, command.bytes)
            attempts -= 1
            switch try await listen(for: Command.code, within: limit) {
            case .reply(let reply):
                mayBringStaleReply = false
                return try FEIGAnswer(reply, from: device)
            case .damaged(let error):
                // It may have been noise: the reply behind it does not say about which tag it is.
                if attempts == 0 { throw .malformed(error) }
            case .silence:
                throw .noReply(command: "\(Command.code)")
            }
        }
    }

    /// Stops expecting a late reply: the one who asked was only trying whether this style is understood.
    mutating func forgetSilence() {
        mayBringStaleReply = false
    }

    private mutating func send(_ code: FEIGCommandCode, _ data: [UInt8]) async throws(ReaderError) {
        try await line.send(FEIGFrame(style: style, address: address, command: code.rawValue, payload: data).bytes)
    }

    /// Makes sure that no reply is still under way: readers answer in order, so the ping's reply is the last.
    private mutating func fence() async throws(ReaderError) {
        try await send(FEIGPing.code, FEIGPing().bytes)
        guard case .reply = try await listen(for: FEIGPing.code, within: Self.ownLimit) else {
            throw .noReply(command: "\(FEIGPing.code)")
        }
        mayBringStaleReply = false
    }

    private mutating func listen(
        for code: FEIGCommandCode,
        within limit: Duration
    ) async throws(ReaderError) -> FrameLine<FEIGDecoder>.Heard<FEIGReply> {
        let address = address
        return try await line.listen(for: "\(code)", within: limit) { frame in
            Self.reply(in: frame, to: code, from: address)
        }
    }

    /// The frame as reply to `code` from our reader; `nil` for a stale or foreign one.
    private static func reply(in frame: FEIGFrame, to code: FEIGCommandCode, from address: UInt8) -> FEIGReply? {
        guard frame.command == code.rawValue else { return nil }
        guard address == FEIGFrame.anyReader || frame.address == address else { return nil }
        return try? FEIGReply(frame)
    }
}

/// A reply understood as the answer to its command.
struct FEIGAnswer<Reply: ByteParsable & Sendable>: Sendable {
    var device: String
    /// How the reply was framed: as a rule like its request.
    var style: FEIGFrame.Style
    var address: UInt8
    var status: FEIGStatus
    /// The answer, when the status says that there is one.
    var value: Reply?
    /// The bytes behind the status, whatever they mean.
    var data: [UInt8]

    init(_ reply: FEIGReply, from device: String) throws(ReaderError) {
        self.device = device
        style = reply.style
        address = reply.address
        status = reply.status
        data = reply.data
        guard reply.status.carriesAnswer else { return }
        do throws(ParseError) {
            value = try Reply(reply.data)
        } catch {
            // Radio trouble may leave the data out, and a detuned antenna's 84 stands on every reply, so on those too
            // that have none (readers §1.4); any other status promises it.
            let mayLackData = reply.status == .radioError || reply.status == .radioWarning && reply.data.isEmpty
            if !mayLackData { throw .malformed(error) }
        }
    }

    /// The answer, or the reader's refusal as an error.
    func required(_ command: FEIGCommandCode) throws(ReaderError) -> Reply {
        guard let value else { throw refusal(of: command) }
        return value
    }

    func refusal(of command: FEIGCommandCode) -> ReaderError {
        if status == .unknownCommand { return .unsupported("\(command) on \(device)") }
        return .refused(code: status.code, meaning: status.meaning)
    }
}
