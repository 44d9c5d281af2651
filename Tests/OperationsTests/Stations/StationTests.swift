import Field
import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

@Test(.timeLimit(.minutes(10)))
func `a tag that comes is read and handed on once`() async throws {
    let time = ManualTime()
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [tag]), time: time, deliver: { heard.yield($0) })
    let round = try await TestBranch.running(station) {
        var iterator = rounds.makeAsyncIterator()
        return try #require(await iterator.next())
    }
    #expect(round.reader == "pad-1")
    #expect(round.present == [tag.uid])
    let arrived = try #require(round.arrived.first)
    #expect(arrived.afi == 0x07)
    guard case .read(_, let content) = arrived.content else {
        Issue.record("found \(arrived.content), wanted a reading")
        return
    }
    #expect(content.primaryItemIdentifier == "1000000136")
    #expect(content.ownerInstitution == "DK-718500")
}

@Test(.timeLimit(.minutes(10)))
func `a wand reads a known tag's security alone`() async throws {
    let tag = try TestBranch.tag("1000000136", serial: 1, afi: 0xC2)
    let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
    let station = TestBranch.station(
        TestBranch.setup("wand-1", .wand, [tag]),
        time: ManualTime(),
        knows: { _ in true },
        deliver: { heard.yield($0) }
    )
    let round = try await TestBranch.running(station) {
        var iterator = rounds.makeAsyncIterator()
        return try #require(await iterator.next())
    }
    #expect(round.arrived.map(\.content) == [.unread])
    #expect(round.arrived.map(\.afi) == [0xC2])
}

/// JMY's readers cannot ask for EAS, nor can a gate that calls us.
@Test(.timeLimit(.minutes(10)))
func `a gate that cannot ask for EAS tells what it has read all the same`() async throws {
    let tag = try TestBranch.tag("1000000136", serial: 1)
    var setup = TestBranch.setup("gate-1", .gate, [tag])
    setup.driver = JMYDriver.self
    setup.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
        LoopbackLink(JMYTwin(), over: TestBranch.field([tag]))
    }
    var policy = TestBranch.policy
    policy.mechanism = .eas
    let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
    let station = Station(
        setup: setup,
        time: ManualTime().keeper,
        logger: TestBranch.logger,
        security: policy,
        knows: { _ in false },
        deliver: { heard.yield($0) },
        announce: { _ in }
    )
    let arrived = try await TestBranch.running(station) {
        try #require(await rounds.first { !$0.arrived.isEmpty }?.arrived.first)
    }
    guard case .read(_, let content) = arrived.content else {
        Issue.record("found \(arrived.content), wanted a reading")
        return
    }
    #expect(content.primaryItemIdentifier == "1000000136")
    #expect(arrived.eas == nil)
}

@Test func `a job has the reader for itself and gives its result back`() async throws {
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [tag]), time: ManualTime())
    let tags = try await TestBranch.running(station) {
        try await station.perform { reader in (try? await reader.readAllTags()) ?? [] }
    }
    #expect(tags.map(\.uid) == [tag.uid])
    #expect(tags.first?.chip?.name == "ICODE SLIX")
}

@Test(.timeLimit(.minutes(10))) func `a job that comes behind the stop is refused, and waits for nobody`() async throws
{
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: ManualTime())
    try await TestBranch.running(station) {}
    let cause = "it was taken away, or the service is stopping"
    await #expect(throws: StationError.offline(name: "pad-1", cause: cause)) {
        try await station.perform { _ in }
    }
}

/// What became of many jobs.
private final class Turns: Sendable {
    let begun = Mutex(0)
    /// For want of a place to wait.
    let refused = Mutex(0)
}

@Test(.timeLimit(.minutes(10)))
func `jobs that wait when a reader is let go are refused, and none of them is begun`() async throws {
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: ManualTime())
    let turns = Turns()
    let jobs = try await TestBranch.running(station) {
        let jobs = (0..<40).map { _ in
            Task { () async -> StationError? in
                do throws(StationError) {
                    try await station.perform { _ in
                        turns.begun.withLock { $0 += 1 }
                        // The first one's turn lasts until the reader is let go.
                        while !Task.isCancelled { await Task.yield() }
                    }
                    return nil
                } catch {
                    if case .busy = error { turns.refused.withLock { $0 += 1 } }
                    return error
                }
            }
        }
        // Then as many wait behind it as may.
        try await waited { turns.begun.withLock { $0 } > 0 && turns.refused.withLock { $0 } >= 7 }
        return jobs
    }
    var errors: Set<StationError> = []
    for job in jobs { if let error = await job.value { errors.insert(error) } }
    let cause = "it was taken away, or the service is stopping"
    #expect(errors == [.busy(name: "pad-1"), .offline(name: "pad-1", cause: cause)])
    #expect(turns.begun.withLock { $0 } == 1)
}

@Test(.timeLimit(.minutes(10)))
func `what was left before a reader is let go is done, also where no more may wait`() async throws {
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: ManualTime())
    let turns = Turns()
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    @Sendable func perform() async -> StationError? {
        do throws(StationError) {
            try await station.perform { _ in
                turns.begun.withLock { $0 += 1 }
                for await _ in released {}
            }
            return nil
        } catch {
            if case .busy = error { turns.refused.withLock { $0 += 1 } }
            return error
        }
    }
    let done = try await TestBranch.running(station) {
        var jobs = [Task { await perform() }]
        try await waited { turns.begun.withLock { $0 } == 1 }
        // One more than may wait behind it.
        for _ in 0..<33 { jobs.append(Task { await perform() }) }
        try await waited { turns.refused.withLock { $0 } == 1 }
        let closing = Task {
            await station.finishJobs()
            return turns.begun.withLock { $0 }
        }
        try await waited {
            if case .offline? = await perform() { return true }
            return false
        }
        release.finish()
        for job in jobs { _ = await job.value }
        return await closing.value
    }
    #expect(done == 33)
}

@Test func `an old chip that looks like a new one is found out when a tag is read`() async throws {
    // ICODE SLI used the bits that tell an SLIX2 for serial numbers.
    let old = VirtualTag(
        uid: TagUID(0xE004_0108_0000_0001),
        chip: try #require(ChipTable.named("ICODE SLI")),
        content: [],
        afi: 0x07
    )
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, [old]), time: ManualTime())
    let tags = try await TestBranch.running(station) {
        try await station.perform { reader in (try? await reader.readAllTags()) ?? [] }
    }
    #expect(tags.map(\.chip?.name) == ["ICODE SLI"])
}

@Test(.timeLimit(.minutes(10)))
func `a push that a gate repeats, or somebody replays, brings its tag once`() async throws {
    // GATE: a captured push of one item, and our answer to it.
    let push = """
        < 02 00 40 00 22 00 13 00 01 00 35 03 00 08 E0 04 01 50 0A 20 3F A3 00 09 04 32 01 04 21 32 31 31 30 33 36 34 33 \
        00 00 00 00 F7 00 00 00 44 45 44 49 32 35 2D 45 00 00 00 36 00 00 00 00 04 FE 47
        > 02 00 07 00 32 94 B8

        """
    let (rounds, heard) = AsyncStream.makeStream(of: StationRound.self)
    let isOpened = Atomic(false)
    let setup = StationSetup(
        name: "gate-1",
        role: .gate,
        driver: FEIGNotificationDriver.self,
        place: "calls",
        interval: .zero
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        guard !isOpened.exchange(true, ordering: .relaxed),
            let transcript = try? Transcript(parsing: String(repeating: push, count: 5))
        else { throw .absent(device: "gate", hint: "it does not call") }
        return ReplayLink(transcript)
    }
    let station = TestBranch.station(setup, time: ManualTime(), deliver: { heard.yield($0) })
    let told = try await TestBranch.running(station) {
        var told: [StationRound] = []
        for await round in rounds {
            told.append(round)
            if told.count == 5 { break }
        }
        return told
    }
    #expect(told.map(\.heard) == Array(repeating: [TagUID(0xE004_0150_0A20_3FA3)], count: 5))
    #expect(told.flatMap(\.arrived).map(\.uid) == [TagUID(0xE004_0150_0A20_3FA3)])
}

@Test func `a reader that is not there says why and refuses jobs`() async throws {
    let setup = StationSetup(
        name: "pad-1",
        role: .pad,
        driver: FEIGDriver.self,
        place: "serial /dev/ttyUSB9",
        interval: .zero
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        throw .absent(device: "/dev/ttyUSB9", hint: "plug it in")
    }
    let station = TestBranch.station(setup, time: ManualTime())
    let refusal = try await TestBranch.running(station) { () -> StationError? in
        do throws(StationError) {
            _ = try await station.perform { reader in reader.information }
            return nil
        } catch {
            return error
        }
    }
    #expect(refusal == .offline(name: "pad-1", cause: "link: /dev/ttyUSB9: not there"))
    guard case .offline(let cause, let hint) = await station.report.state else {
        Issue.record("found a station that is not offline")
        return
    }
    #expect(cause == "link: /dev/ttyUSB9: not there")
    #expect(hint == "plug it in")
}

@Test(.timeLimit(.minutes(10))) func `a job does not wait for the rest between two looks to end`() async throws {
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let setup = TestBranch.setup("pad-1", .pad, [tag])
    let station = Station(
        setup: setup,
        // A rest that only ends when somebody ends it.
        time: Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) }),
        logger: TestBranch.logger,
        knows: { _ in false },
        deliver: { _ in },
        announce: { _ in }
    )
    let afis = try await TestBranch.running(station) {
        try await waited { await station.report.tagsPresent > 0 }
        var afis: [UInt8?] = []
        for _ in 0..<3 { afis.append(try await station.perform { reader in try? await reader.readAFI(of: tag.uid) }) }
        return afis
    }
    #expect(afis == [0x07, 0x07, 0x07])
}

@Test(.timeLimit(.minutes(10))) func `a book leaves a pad although the wall clock is set back`() async throws {
    let branch = Branch(seed: 1)
    await branch.addReader(name: "pad-1", kind: .pad, twin: FEIGDriver.twin())
    let book = try TestBranch.tag("b1", serial: 1)
    await branch.add(book)
    try await branch.placeOnPad("pad-1", book.uid)
    let setup = StationSetup(
        name: "pad-1",
        role: .pad,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in BranchLink(to: "pad-1", of: branch) }
    // Each look at the wall clock finds it earlier than the one before.
    let wall = Mutex<Int64>(1_700_000_000_000)
    let uptime = ManualTime()
    let time = Timekeeper(
        now: {
            wall.withLock { wall in
                wall -= 1000
                return Moment(milliseconds: wall)
            }
        },
        sleep: uptime.keeper.sleep,
        uptime: { .milliseconds(uptime.advance(by: 1)) }
    )
    let left = Mutex<[TagUID]>([])
    let station = Station(
        setup: setup,
        time: time,
        logger: TestBranch.logger,
        knows: { _ in false },
        deliver: { round in left.withLock { $0 += round.left } },
        announce: { _ in }
    )
    try await TestBranch.running(station) {
        try await waited { await station.report.tagsPresent > 0 }
        try await branch.clearPad("pad-1")
        try await waited { await station.report.tagsPresent == 0 }
    }
    #expect(left.withLock { $0 } == [book.uid])
}
