import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that goes on for as long as the caller listens.
enum EventStream {
    static let headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]

    static func response(_ frames: AsyncStream<ByteBuffer>, ended: @escaping @Sendable () async -> Void) -> Response {
        let body = ResponseBody { writer in
            do {
                for await frame in frames { try await writer.write(frame) }
            } catch {
                await ended()
                throw error
            }
            await ended()
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}

/// Something to do at equal distances of time, until cancelled.
package struct Ticks: AsyncSequence, Sendable {
    let distance: Duration

    /// The first tick comes after one `distance`, not at once; what the loop does takes its own time besides.
    package init(every distance: Duration) {
        self.distance = distance
    }

    package func makeAsyncIterator() -> Iterator { Iterator(distance: distance) }

    /// Waits for the next tick; ends when its task is cancelled.
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
