package import API
import HTTPTypes
package import Hummingbird
import NIOCore
import ServiceLifecycle

/// An answer that goes on for as long as the caller listens.
package enum EventStream {
    /// Frames that may wait for a slow caller. One that falls behind further is cut off: it opens the stream again and
    /// fetches the state anew, so nothing is dropped silently.
    package static let backlog = 256

    /// Sends `events` as they come and a heartbeat at every one of `ticks`; ends when the events end or the daemon stops.
    package static func response(
        _ events: some AsyncSequence<Event, Never> & Sendable,
        ticks: some AsyncSequence<Void, Never> & Sendable = Ticks(every: .seconds(15))
    ) -> Response {
        let body = ResponseBody { writer in
            try await writer.write(EventFrame.opening)
            let (frames, queue) = AsyncStream.makeStream(
                of: ByteBuffer.self,
                bufferingPolicy: .bufferingOldest(backlog)
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { queue.finish() }
                    for await event in events {
                        if case .dropped = queue.yield(try EventFrame.event(event)) { return }
                    }
                }
                group.addTask {
                    for await _ in ticks { queue.yield(EventFrame.heartbeat) }
                }
                group.addTask {
                    // A stream that goes on for ever would hold up the end of the daemon.
                    if (try? await gracefulShutdown()) != nil { queue.finish() }
                }
                for await frame in frames { try await writer.write(frame) }
                group.cancelAll()
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: body
        )
    }
}

/// Something to do at equal distances of time, until cancelled.
package struct Ticks: AsyncSequence, Sendable {
    let distance: Duration

    package init(every distance: Duration) {
        self.distance = distance
    }

    package func makeAsyncIterator() -> Iterator { Iterator(distance: distance) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let distance: Duration

        package mutating func next() async -> Void? {
            try? await Task.sleep(for: distance)
            return Task.isCancelled ? nil : ()
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async -> Void? {
            await next()
        }
    }
}
