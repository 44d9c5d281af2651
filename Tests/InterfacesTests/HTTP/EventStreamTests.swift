import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Interfaces

private func event(_ tags: Int) -> Event {
    .reader(
        ReaderStatus(
            name: "pad-1",
            role: "pad",
            driver: "feig",
            model: nil,
            firmware: nil,
            link: "loopback",
            state: .online,
            cause: nil,
            hint: nil,
            lastSeen: nil,
            tagsPresent: tags
        )
    )
}

/// Never ticks by itself: time is the test's.
private let noTicks = AsyncStream<Void> { $0.finish() }

private func text(_ response: @escaping @Sendable () -> Response) async throws -> String {
    let router = Router(context: BasicRequestContext.self)
    router.get("/events") { _, _ in response() }
    return try await Application(router: router).test(.router) { client in
        let response = try await client.execute(uri: "/events", method: .get)
        #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
        return String(buffer: response.body)
    }
}

@Suite struct EventStreamTests {
    @Test func `an event is its name and its value`() async throws {
        let sent = try await text {
            let events = AsyncStream<Event> { stream in
                stream.yield(event(1))
                stream.yield(event(2))
                stream.finish()
            }
            return EventStream.response(events, ticks: noTicks)
        }
        let blocks = sent.components(separatedBy: "\n\n")
        #expect(blocks.count == 4)
        #expect(blocks[0] == "retry: 2000")
        #expect(blocks[1].hasPrefix("event: reader\ndata: {\""))
        #expect(blocks[2].hasPrefix("event: reader\ndata: {\""))
        #expect(blocks[3].isEmpty)
    }

    @Test func `a heartbeat is a comment that no listener hears`() {
        #expect(String(buffer: EventFrame.heartbeat) == ": still here\n\n")
    }

    @Test func `a caller that falls behind is cut off, not lied to`() async throws {
        let sent = try await text {
            let events = AsyncStream<Event> { stream in
                for number in 1...(EventStream.backlog * 4) {
                    stream.yield(event(number))
                }
                stream.finish()
            }
            return EventStream.response(events, ticks: noTicks)
        }
        let numbers = sent.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /"tagsPresent":(\d+)/).flatMap { Int($0.1) }
        }
        #expect(numbers == Array(1...numbers.count))
        #expect(numbers.count >= EventStream.backlog)
    }
}
