import Library
import SIP2
import Testing
import Wire

@testable import Operations

@Test func `a system that is away is asked after more and more rarely, and soon again once it was there`() {
    var recall = Recall(interval: .seconds(30))
    #expect((0..<6).map { _ in recall.next() } == [5, 10, 20, 40, 60, 60].map { Duration.seconds($0) })
    recall.reset()
    #expect(recall.next() == .seconds(5))
}

@Test func `no pause is longer than a minute, or than the one between two questions`() {
    var short = Recall(interval: .seconds(1))
    #expect(short.next() == .seconds(1))
    var long = Recall(interval: .seconds(600))
    let pauses = (0..<12).map { _ in long.next() }
    #expect(pauses.first == .seconds(5) && pauses.last == .seconds(600))
}

@Test(.timeLimit(.minutes(10)))
func `the link leaves a system alone for longer and longer while it is away`() async {
    let system = TestLibrarySystem()
    let setup = system.setup
    let (rests, rest) = AsyncStream.makeStream(of: Duration.self)
    let link = CirculationLink(
        setup.settings,
        time: Timekeeper(
            now: { Moment(milliseconds: 1_767_348_000_000) },
            sleep: { duration in
                try Task.checkCancellation()
                rest.yield(duration)
                await Task.yield()
            }
        ),
        logger: TestBranch.logger,
        open: { () async throws(LinkError) -> any Link & ~Copyable in
            throw .absent(device: "ils:6001", hint: "nobody listens")
        }
    )
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await link.run() }
        var found: [Duration] = []
        for await duration in rests.prefix(6) { found.append(duration) }
        #expect(found == [5, 10, 20, 40, 60, 60].map { Duration.seconds($0) })
        group.cancelAll()
    }
}

@Test(.timeLimit(.minutes(10)))
func `what waits for the system is told as soon as somebody finds it there`() async {
    let system = TestLibrarySystem()
    let (told, tell) = AsyncStream.makeStream(of: Void.self)
    // Time stands still: the next question by the clock would never come.
    let link = system.link()
    await system.bench.schedule([.refuse])
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await link.run { tell.yield() } }
        let isThere = await eventually { (try? await link.item("1000000136")) != nil }
        #expect(isThere)
        for await _ in told.prefix(1) {}
        group.cancelAll()
    }
}
