import Readers
import Wire

/// A device that starts afresh in front of a request, counted from 0: it has forgotten what it was told, and nothing is
/// left of what it was about to say.
struct RestartingLink: ~Copyable, Link {
    private var before: LoopbackLink
    private var after: LoopbackLink
    private var requestsLeft: Int

    init(_ before: consuming LoopbackLink, then after: consuming LoopbackLink, at request: Int) {
        self.before = before
        self.after = after
        requestsLeft = request
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        requestsLeft -= 1
        if requestsLeft >= 0 { try await before.send(bytes) } else { try await after.send(bytes) }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if requestsLeft >= 0 { return try await before.receive(within: limit) }
        return try await after.receive(within: limit)
    }
}
