import Wire

/// How a pad is asked who it is; the same question serves as sign of life.
enum ThreeMProbe: Hashable, Sendable {
    /// An 810 in its setup class.
    case setup
    /// A 210 by a plain command.
    case plain
}

/// A pad's reply: its error byte and what follows.
struct ThreeMAnswer: Hashable, Sendable {
    var device: String
    var error: ThreeMError
    var data: [UInt8]

    var refusal: ReaderError {
        if error == .notImplemented { return .unsupported("command on \(device)") }
        return .refused(code: error.code, meaning: error.meaning)
    }
}

/// The conversation with one 3M pad, which ignores whatever comes while it is busy: one question at a time.
struct ThreeMLine: ~Copyable, Sendable {
    private var line: FrameLine<ThreeMDecoder>
    private var mayBringStaleReply = false
    /// The question that makes sure no reply is under way, once it is known.
    var probe: ThreeMProbe?
    /// The pad's name in refusals.
    var device = "the 3M pad"

    /// Working programs give up after half a second; a pad full of tags needs longer.
    private static let limit = Duration.milliseconds(1500)
    private static let probeLimit = Duration.milliseconds(500)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, ThreeMDecoder())
    }

    mutating func ask<Command: ThreeMCommand>(_ command: Command) async throws(ReaderError) -> ThreeMAnswer {
        try await ask(Command.code, command.bytes) { _ in true }
    }

    /// Sends a command and waits for its reply; asks once more when its checksum is wrong. Everything here may be
    /// repeated without harm.
    mutating func ask(
        _ code: ThreeMCode,
        _ fields: [UInt8],
        accept: @Sendable (ThreeMAnswer) -> Bool
    ) async throws(ReaderError) -> ThreeMAnswer {
        let frame = ThreeMFrame(command: code.rawValue, fields: fields)
        if mayBringStaleReply, let probe { _ = try await version(by: probe) }
        return try await ask(frame, "\(code)", within: Self.limit, accept)
    }

    /// The version, by the question this pad understands.
    mutating func version(by probe: ThreeMProbe) async throws(ReaderError) -> ThreeMVersion.Reply {
        let version: ThreeMVersion.Reply
        switch probe {
        case .setup:
            let frame = ThreeMFrame(
                start: .setup,
                command: ThreeMSetupVersion.code,
                fields: ThreeMSetupVersion().bytes
            )
            let answer = try await ask(frame, "setup version", within: Self.probeLimit) { _ in true }
            // The first byte, 00, is part of the fixed head of this reply.
            version = try ThreeMSetupVersion.Reply(reply: [answer.error.code] + answer.data).version
        case .plain:
            let frame = ThreeMFrame(command: ThreeMVersion.code.rawValue)
            let answer = try await ask(frame, "version", within: Self.probeLimit) { _ in true }
            guard answer.error == .none else { throw answer.refusal }
            version = try ThreeMVersion.Reply(reply: answer.data)
        }
        mayBringStaleReply = false
        return version
    }

    private mutating func ask(
        _ frame: ThreeMFrame,
        _ name: String,
        within limit: Duration,
        _ accept: (ThreeMAnswer) -> Bool
    ) async throws(ReaderError) -> ThreeMAnswer {
        let device = device
        var attempts = 2
        while true {
            try await line.drain()
            try await line.send(frame.bytes)
            attempts -= 1
            let heard = try await line.listen(for: name, within: limit) { reply -> ThreeMAnswer? in
                guard reply.start == frame.start, reply.command == frame.command, let code = reply.fields.first else {
                    return nil
                }
                let answer = ThreeMAnswer(
                    device: device,
                    error: ThreeMError(code: code),
                    data: Array(reply.fields.dropFirst())
                )
                return accept(answer) ? answer : nil
            }
            switch heard {
            case .reply(let answer):
                return answer
            case .damaged(let error):
                // It may have been noise, and the reply still under way: an inventory does not say when it was asked.
                mayBringStaleReply = true
                if attempts == 0 { throw .malformed(error) }
            case .silence:
                mayBringStaleReply = true
                throw .noReply(command: name)
            }
        }
    }
}
