import Readers
import Wire

/// A line on which a damaged copy stands in place of the reply to the first request of a kind, and the replies to the
/// first two of that kind come only with the request behind them.
struct DamagedThenLateLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let isMeant: @Sendable ([UInt8]) -> Bool
    private var left = 2
    private var ready: [UInt8] = []
    private var held: [UInt8] = []

    init(_ link: consuming any Link & ~Copyable, isMeant: @escaping @Sendable ([UInt8]) -> Bool) {
        self.link = link
        self.isMeant = isMeant
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        try await link.send(bytes)
        let reply = (try? await link.receive(within: .zero)) ?? []
        ready += held
        held = []
        guard left > 0, isMeant(bytes) else {
            ready += reply
            return
        }
        if left == 2 { ready += reply.dropLast() + reply.suffix(1).map { $0 ^ 0x10 } }
        left -= 1
        held = reply
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { throw .timedOut }
        defer { ready = [] }
        return ready
    }
}
