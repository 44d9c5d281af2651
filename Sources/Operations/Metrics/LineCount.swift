import Synchronization
import Wire

/// What has gone over the line of one reader since the service started.
package final class LineCount: Sendable {
    private let sent = Atomic<Int>(0)
    private let received = Atomic<Int>(0)
    private let exchanged = Atomic<Int>(0)
    private let silent = Atomic<Int>(0)

    package init() {}

    /// The counts at one moment; they only grow.
    package struct Values: Hashable, Sendable {
        /// Requests that were sent.
        package var exchanges: Int
        /// Times the reader said nothing although it was waited for, or the line broke.
        package var failures: Int
        /// Bytes sent to the reader.
        package var sentBytes: Int
        /// Bytes that came from the reader.
        package var receivedBytes: Int
    }

    /// The counts as they stand now, each read by itself: one may be a step ahead of another.
    package var values: Values {
        Values(
            exchanges: exchanged.load(ordering: .relaxed),
            failures: silent.load(ordering: .relaxed),
            sentBytes: sent.load(ordering: .relaxed),
            receivedBytes: received.load(ordering: .relaxed)
        )
    }

    func noteSent(_ bytes: Int) {
        exchanged.wrappingAdd(1, ordering: .relaxed)
        sent.wrappingAdd(bytes, ordering: .relaxed)
    }

    func noteReceived(_ bytes: Int) { received.wrappingAdd(bytes, ordering: .relaxed) }

    func noteFailure() { silent.wrappingAdd(1, ordering: .relaxed) }
}

/// A link that counts what passes.
struct CountingLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let count: LineCount

    init(_ link: consuming any Link & ~Copyable, in count: LineCount) {
        self.link = link
        self.count = count
    }

    mutating func uptime() -> Duration { link.uptime() }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        count.noteSent(bytes.count)
        do throws(LinkError) {
            try await link.send(bytes)
        } catch {
            count.noteFailure()
            throw error
        }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        do throws(LinkError) {
            let bytes = try await link.receive(within: limit)
            count.noteReceived(bytes.count)
            return bytes
        } catch {
            // A driver that looks for stale bytes before each request finds nothing: that is no failure.
            if error != .timedOut || limit > .zero { count.noteFailure() }
            throw error
        }
    }
}
