import Tags
import Wire

/// The conversation with one metraTec reader. Answers carry no number: after a silence the revision is asked for first,
/// and whatever comes before it is stale.
struct MetraTecLine: ~Copyable, Sendable {
    private var line: FrameLine<MetraTecDecoder>
    private var isSetUp = false
    private var mayBringStaleReply = false
    /// The reader's name in refusals.
    var device = "the metraTec reader"

    private static let limit = Duration.seconds(2)
    private static let ownLimit = Duration.milliseconds(500)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, MetraTecDecoder())
    }

    /// Wakes the reader: stops what it does by itself, makes its answers end, switches the field on.
    mutating func setUp() async throws(ReaderError) {
        // Answers without an end come out by silence; what a reader says to EOF itself may have one already.
        _ = try await answer(.stop, within: Self.ownLimit) { $0.refusal == nil ? $0 : nil }
        _ = try await answer(.endWithLineFeed, within: Self.ownLimit) { $0 }
        isSetUp = true
        for command in [MetraTecCommand.fieldOn, .mode] {
            let said = try await answer(command, within: Self.limit) { $0 }
            if let meaning = said.refusal { throw refusal(meaning, said) }
        }
    }

    /// Name and version, four digits for the hardware and four for the firmware.
    mutating func revision() async throws(ReaderError) -> String {
        let text = try await answer(.revision, within: Self.ownLimit) { said -> String? in
            guard said.lines.count == 1, let text = said.lines.first, text.count > 8,
                text.suffix(8).allSatisfy({ $0.isHexDigit })
            else { return nil }
            return text
        }
        mayBringStaleReply = false
        return text
    }

    /// Sends a command and waits for the answer that `accept` takes; a refusal of the reader is thrown.
    mutating func ask<Reply: Sendable>(
        _ command: MetraTecCommand,
        accept: (MetraTecAnswer) -> Reply?
    ) async throws(ReaderError) -> Reply {
        if mayBringStaleReply { _ = try await revision() }
        if !isSetUp { try await setUp() }
        var refused: (meaning: String, said: MetraTecAnswer)?
        var restarted = false
        let reply = try await answer(command, within: Self.limit) { said -> Reply?? in
            if let reply = accept(said) { return .some(reply) }
            if let meaning = said.refusal { refused = (meaning, said) }
            if said.isRestart { restarted = true }
            return refused != nil || restarted ? .some(nil) : nil
        }
        if let reply { return reply }
        if restarted || refused?.said.isWithoutField == true { isSetUp = false }
        if restarted { throw .noReply(command: command.text) }
        throw refused.map { refusal($0.meaning, $0.said) } ?? .noReply(command: command.text)
    }

    private func refusal(_ meaning: String, _ said: MetraTecAnswer) -> ReaderError {
        let code = said.lines.first?.prefix(3) ?? ""
        if ["UCO", "NOS"].contains(code) { return .unsupported("command on \(device)") }
        if code == "RDL" || code == "NOR" { return .refused(code: 0x81, meaning: "\(meaning) (\(code))") }
        return .refused(code: 0x80, meaning: "\(meaning) (\(code))")
    }

    private mutating func answer<Reply: Sendable>(
        _ command: MetraTecCommand,
        within limit: Duration,
        accept: (MetraTecAnswer) -> Reply?
    ) async throws(ReaderError) -> Reply {
        try await line.drain()
        try await line.send(Array((command.text + "\r").utf8))
        guard case .reply(let reply) = try await line.listen(for: command.text, within: limit, accept: accept) else {
            mayBringStaleReply = true
            throw .noReply(command: String(command.text.prefix(3)))
        }
        return reply
    }
}
