import Tags
import Wire

/// The conversation with one board, whose replies carry no number: after a silence the board's name is asked for first,
/// and whatever comes before it is stale.
struct TRFLine: ~Copyable, Sendable {
    private var line: FrameLine<TRFDecoder>
    private var mayBringStaleReply = false
    /// What the board called itself first. Boards head every reply with words, so no others end what is stale.
    private var known: String?

    /// A walk through sixteen slots takes under 100 ms.
    private static let limit = Duration.seconds(1)
    private static let ownLimit = Duration.milliseconds(500)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, TRFDecoder())
    }

    /// The board's name: words of any kind the first time, and the same from then on.
    mutating func name() async throws(ReaderError) -> String {
        let request = TRFRequest(.initialise)
        let echo = Hex.string(request.bytes)
        let known = known
        let heard = try await ask(request, within: Self.ownLimit) { reply -> String? in
            guard case .words(let text) = reply, text != echo, text == known ?? text else { return nil }
            return text
        }
        self.known = heard
        mayBringStaleReply = false
        return heard
    }

    /// The firmware in the board's own words; `nil` from a board that does not tell it.
    mutating func version() async throws(ReaderError) -> String? {
        let request = TRFRequest(.version)
        let echo = Hex.string(request.bytes)
        do throws(ReaderError) {
            return try await ask(request, within: Self.ownLimit) { reply -> String? in
                switch reply {
                case .words(let text), .bracket(let text): text == echo || text.isEmpty ? nil : text
                }
            }
        } catch .noReply {
            return nil
        }
    }

    /// Sends a setting. What boards say to that differs, and some say nothing.
    mutating func set(_ request: TRFRequest) async throws(ReaderError) {
        do throws(ReaderError) {
            _ = try await ask(request, within: .milliseconds(250)) { _ in true }
        } catch {
            guard case .noReply = error else { throw error }
        }
    }

    /// What was heard in each slot.
    mutating func inventory(
        _ question: ISO15693.InventoryRequest
    ) async throws(ReaderError) -> [ISO15693.SlotTree.Heard] {
        var slots: [ISO15693.SlotTree.Heard] = []
        try await fence()
        return try await ask(TRFRequest(.inventory, question.bytes), within: Self.limit) { reply in
            guard let slot = reply.slot else { return nil }
            slots.append(slot)
            return slots.count == question.slots.rawValue ? slots : nil
        }
    }

    /// What a tag answered; empty when none did.
    mutating func pass(_ content: [UInt8]) async throws(ReaderError) -> [UInt8] {
        try await fence()
        return try await ask(TRFRequest(.passThrough, content), within: Self.limit) { $0.answer }
    }

    private mutating func fence() async throws(ReaderError) {
        if mayBringStaleReply { _ = try await name() }
    }

    private mutating func ask<Reply: Sendable>(
        _ request: TRFRequest,
        within limit: Duration,
        accept: (TRFReply) -> Reply?
    ) async throws(ReaderError) -> Reply {
        let name = TRFCode(rawValue: request.command).map { "\($0)" } ?? "request"
        try await line.drain()
        try await line.send(request.text)
        guard case .reply(let reply) = try await line.listen(for: name, within: limit, accept: accept) else {
            mayBringStaleReply = true
            throw .noReply(command: name)
        }
        return reply
    }
}
