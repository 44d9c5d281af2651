package import API
import HTTPTypes
package import Hummingbird
import NIOCore

/// An answer that goes on for as long as the caller listens.
package enum EventStream {
    /// Frames that may wait for a slow caller. One that falls behind further is cut off: it opens the stream again and
    /// fetches the state anew, so nothing is dropped silently.
    package static let backlog = 256

    /// An event with its number.
    package struct Numbered: Sendable {
        package var number: Int
        package var event: Event

        package init(number: Int, event: Event) {
            self.number = number
            self.event = event
        }
    }

    /// Sends `events` as they come and a heartbeat at every one of `ticks`; ends when the events end.
    package static func response(
        _ events: some AsyncSequence<Numbered, Never> & Sendable,
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
                    for await numbered in events {
                        let frame = try EventFrame.event(numbered.event, number: numbered.number)
                        if case .dropped = queue.yield(frame) { return }
                    }
                }
                group.addTask {
                    for await _ in ticks { queue.yield(EventFrame.heartbeat) }
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
