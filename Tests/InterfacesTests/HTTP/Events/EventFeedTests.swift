import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Testing

@testable import Interfaces

private func write(_ event: BranchEvent, _ id: String) throws -> ByteBuffer? {
    try Event(event, items: { _ in [:] }).map { try EventFrame.event($0, id: id) }
}

private struct Refused: Error {}

extension EventFeed {
    fileprivate func send(_ numbers: ClosedRange<Int>) {
        for number in numbers {
            let event = BranchEvent.divergences(open: number)
            send(event) { try write(event, $0) }
        }
    }

    /// What is waiting for somebody who listens after `heard`, without the opening.
    fileprivate func waiting(after heard: String?) async throws -> [String] {
        guard let (number, frames) = listen(after: heard, hears: { _ in true }) else { throw Refused() }
        leave(number)
        var texts: [String] = []
        for await frame in frames { texts.append(String(buffer: frame)) }
        return Array(texts.dropFirst())
    }
}

/// The numbers of divergences in frames.
private func numbers(_ texts: [String]) -> [Int] {
    texts.compactMap { $0.firstMatch(of: /"open":(\d+)/).flatMap { Int($0.1) } }
}

@Suite(.timeLimit(.minutes(10))) struct EventFeedTests {
    private let feed = EventFeed(epoch: "k3")

    @Test func `an event is its number, its name and its value`() async throws {
        await feed.send(1...2)
        let texts = try await feed.waiting(after: "k3-0")
        try #require(texts.count == 2)
        #expect(texts[0].hasPrefix("id: k3-1\nevent: divergences\ndata: {\""))
        #expect(texts[0].hasSuffix("}\n\n"))
        #expect(texts[1].hasPrefix("id: k3-2\n"))
    }

    @Test func `who comes back hears what was missed, each event once`() async throws {
        await feed.send(1...10)
        #expect(numbers(try await feed.waiting(after: "k3-7")) == [8, 9, 10])
        #expect(numbers(try await feed.waiting(after: "k3-10")) == [])
        #expect(numbers(try await feed.waiting(after: nil)) == [])
    }

    @Test func `the opening says where one begins, so that a first break loses nothing`() async throws {
        await feed.send(1...3)
        let (number, frames) = try #require(await feed.listen(after: nil, hears: { _ in true }))
        await feed.leave(number)
        let first = await frames.first { _ in true }
        #expect(first.map { String(buffer: $0) } == "retry: 2000\nid: k3-3\n\n")
    }

    @Test(arguments: ["k2-5", "k3-11", "k3--1", "k3", "k3-x", "", "-", "k3-99999999999999999999", "k3-1-2"])
    func `who names an event that is not known is told to fetch all anew`(_ heard: String) async throws {
        await feed.send(1...10)
        #expect(try await feed.waiting(after: heard) == ["id: k3-10\nevent: reset\ndata: {}\n\n"])
    }

    @Test func `when events were lost everybody fetches all anew, also who comes back afterwards`() async throws {
        await feed.send(1...3)
        let (_, frames) = try #require(await feed.listen(after: nil, hears: { _ in false }))
        let events = AsyncStream<BranchEvent> { stream in
            stream.yield(.lost)
            stream.yield(.divergences(open: 7))
            stream.finish()
        }
        await feed.run(events, ticks: AsyncStream<Void> { $0.finish() }, write: write)
        var texts: [String] = []
        for await frame in frames { texts.append(String(buffer: frame)) }
        #expect(texts.dropFirst() == ["id: k3-4\nevent: reset\ndata: {}\n\n"])
        #expect(try await feed.waiting(after: "k3-3") == ["id: k3-5\nevent: reset\ndata: {}\n\n"])
        #expect(numbers(try await feed.waiting(after: "k3-4")) == [7])
    }

    @Test func `events are kept up to a number and up to so many bytes`() async throws {
        await feed.send(1...(EventFeed.kept + 10))
        #expect(numbers(try await feed.waiting(after: "k3-10")).count == EventFeed.kept)
        #expect(try await feed.waiting(after: "k3-9").first?.contains("event: reset") == true)

        let large = EventFeed(epoch: "k3")
        let frame = ByteBuffer(repeating: 0x20, count: EventFeed.keptBytes / 4)
        for number in 1...6 { await large.send(.divergences(open: number)) { _ in frame } }
        #expect(try await large.waiting(after: "k3-2").count == 4)
        #expect(try await large.waiting(after: "k3-1").first?.contains("event: reset") == true)
    }

    @Test func `a thousand hear everything, and a slow one is cut off alone`() async throws {
        let hungUp = AsyncStream.makeStream(of: Void.self)
        let slow = try #require(
            await feed.listen(after: nil, hears: { _ in true }, hangUp: { hungUp.continuation.finish() })
        )
        let (rounds, round) = (4, EventFeed.backlog / 2)
        let (heard, tell) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1..<EventFeed.mostListeners {
                let (_, frames) = try #require(await feed.listen(after: nil, hears: { _ in true }))
                group.addTask {
                    var count = -1
                    for await _ in frames {
                        count += 1
                        if count > 0, count.isMultiple(of: round) { tell.yield() }
                        if count == rounds * round { break }
                    }
                    return count
                }
            }
            #expect(await feed.count == EventFeed.mostListeners)
            #expect(await feed.listen(after: nil, hears: { _ in true }) == nil)
            var told = heard.makeAsyncIterator()
            for _ in 0..<rounds {
                await feed.send(1...round)
                for _ in 1..<EventFeed.mostListeners { _ = await told.next() }
            }
            for try await count in group { #expect(count == rounds * round) }
        }
        for await _ in hungUp.stream {}
        var waiting = 0
        for await _ in slow.frames { waiting += 1 }
        #expect(waiting == EventFeed.backlog + 1)
    }

    @Test func `one caller has so many streams, and others have room`() async throws {
        var streams: [(number: Int, frames: AsyncStream<ByteBuffer>)] = []
        for _ in 0..<EventFeed.mostOfOne {
            streams.append(try #require(await feed.listen(after: nil, for: "token desk-1", hears: { _ in true })))
        }
        #expect(await feed.listen(after: nil, for: "token desk-1", hears: { _ in true }) == nil)
        #expect(await feed.listen(after: nil, for: "token desk-2", hears: { _ in true }) != nil)
        await feed.leave(try #require(streams.last).number)
        #expect(await feed.listen(after: nil, for: "token desk-1", hears: { _ in true }) != nil)
    }

    @Test func `one is told what is for one, alone`() async throws {
        let (number, frames) = try #require(
            await feed.listen(after: nil) {
                guard case .divergences(let open) = $0 else { return false }
                return open.isMultiple(of: 2)
            }
        )
        await feed.send(1...4)
        await feed.leave(number)
        var texts: [String] = []
        for await frame in frames { texts.append(String(buffer: frame)) }
        #expect(numbers(texts) == [2, 4])
    }

    /// Listens as a caller does, and counts how often it is hung up on.
    private func listen(_ caller: Caller, _ access: AccessRoom, hangUps: AsyncStream<String>.Continuation) async {
        _ = await feed.listen(
            after: nil,
            hears: { _ in true },
            mayStay: { await caller.mayStay(by: access) },
            hangUp: { hangUps.yield(caller.name) }
        )
    }

    private static func all(_ stream: AsyncStream<String>, _ end: AsyncStream<String>.Continuation) async -> [String] {
        end.finish()
        var names: [String] = []
        for await name in stream { names.append(name) }
        return names
    }

    @Test func `a token that is revoked is cut off from what it listens to, and nobody else is`() async throws {
        let service = try TestService()
        let access = service.desk.access
        let (names, hangUps) = AsyncStream.makeStream(of: String.self)
        for name in ["desk-1", "desk-2"] {
            let made = try #require(try access.create(name, role: .desk, scope: .everywhere, for: nil))
            await listen(Caller(made.token), access, hangUps: hangUps)
        }
        await listen(Caller(name: "loopback", role: .admin, means: .loopback), access, hangUps: hangUps)
        let router = Router()
        TokenRoutes(desk: service.desk, feed: feed).add(to: router)
        let response = try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/v1/tokens/desk-1", method: .delete)
        }
        #expect(response.status == .ok)
        #expect(await feed.count == 2)
        #expect(await Self.all(names, hangUps) == ["desk-1"])
    }

    @Test func `who signs out is cut off from what the session listens to, another session is not`() async throws {
        let service = try TestService()
        let access = service.desk.access
        let (names, hangUps) = AsyncStream.makeStream(of: String.self)
        let made = try #require(try access.create("desk-1", role: .desk, scope: .everywhere, for: nil))
        let (token, first) = try await access.signIn(made.secret, from: "local")
        let (_, second) = try await access.signIn(made.secret, from: "local")
        for session in [first, second] { await listen(Caller(token, session: session), access, hangUps: hangUps) }
        await listen(Caller(token), access, hangUps: hangUps)
        let gatekeeper = Gatekeeper(room: access, door: .loopback(nil), cookie: SessionCookie(isSecure: false))
        let router = Router(context: WebContext.self)
        SessionRoutes(gatekeeper: gatekeeper, audit: service.desk.audit, feed: feed).add(to: router)
        let response = try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/v1/session",
                method: .delete,
                headers: [.cookie: "pressmark=\(first)"]
            )
        }
        #expect(response.status == .noContent)
        #expect(await feed.count == 2)
        #expect(await Self.all(names, hangUps) == ["desk-1"])
    }

    @Test func `whose time is over is cut off at the next tick`() async throws {
        let (names, hangUps) = AsyncStream.makeStream(of: String.self)
        var streams: [AsyncStream<ByteBuffer>] = []
        for name in ["over", "good"] {
            let listening = await feed.listen(
                after: nil,
                hears: { _ in true },
                mayStay: { name == "good" },
                hangUp: { hangUps.yield(name) }
            )
            streams.append(try #require(listening).frames)
        }
        let ticks = AsyncStream<Void> { stream in
            stream.yield()
            stream.finish()
        }
        await feed.run(AsyncStream<BranchEvent> { $0.finish() }, ticks: ticks, write: write)
        #expect(await Self.all(names, hangUps) == ["over"])
        for stream in streams {
            var texts: [String] = []
            for await frame in stream { texts.append(String(buffer: frame)) }
            #expect(texts.dropFirst() == [String(buffer: EventFrame.heartbeat)])
        }
    }

    @Test func `a sign of life comes at every tick, and all streams end with the daemon`() async throws {
        let ticks = AsyncStream<Void> { stream in
            stream.yield()
            stream.yield()
            stream.finish()
        }
        let events = AsyncStream<BranchEvent> { $0.finish() }
        let (_, frames) = try #require(await feed.listen(after: nil, hears: { _ in true }))
        await feed.run(events, ticks: ticks, write: write)
        var texts: [String] = []
        for await frame in frames { texts.append(String(buffer: frame)) }
        #expect(texts.dropFirst() == ["event: alive\ndata: {}\n\n", "event: alive\ndata: {}\n\n"])
        let (_, late) = try #require(await feed.listen(after: nil, hears: { _ in true }))
        var count = 0
        for await _ in late { count += 1 }
        #expect(count == 1)
    }

    @Test func `a browser opens the stream again with the last id it has heard`() async throws {
        let router = Router(context: WebContext.self)
        EventRoutes(feed: feed, access: try TestService().desk.access).add(to: router)
        await feed.send(1...3)
        await feed.finish()
        let feed = feed
        try await Application(router: router).test(.router) { client in
            let id = try #require(HTTPField.Name("Last-Event-ID"))
            let response = try await client.execute(uri: "/v1/events", method: .get, headers: [id: "k3-1"])
            #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
            let texts = String(buffer: response.body).components(separatedBy: "\n\n")
            #expect(texts.first == "retry: 2000\nid: k3-1")
            // Nobody is anybody here, and to nobody everything is told.
            #expect(numbers(texts) == [2, 3])
        }
        #expect(await feed.count == 0)
    }
}
