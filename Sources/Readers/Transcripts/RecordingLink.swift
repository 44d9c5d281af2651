package import Wire

/// A link that hands every byte that passes to a recorder, as lines of a transcript.
package struct RecordingLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let record: @Sendable (Transcript.Line) -> Void

    package init(
        _ link: consuming any Link & ~Copyable,
        to record: @escaping @Sendable (Transcript.Line) -> Void
    ) {
        self.link = link
        self.record = record
    }

    package mutating func uptime() -> Duration { link.uptime() }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        record(.sent(bytes))
        do throws(LinkError) {
            try await link.send(bytes)
        } catch {
            record(.comment("\(error)"))
            throw error
        }
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        do throws(LinkError) {
            let bytes = try await link.receive(within: limit)
            record(.received(bytes))
            return bytes
        } catch {
            // A driver that looks for stale bytes before each request finds nothing: that is no event.
            if error != .timedOut || limit > .zero { record(.comment("\(error)")) }
            throw error
        }
    }
}
