import Field
import Library
import Readers
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations

/// A line that is there until it is cut, and is not there again.
private struct CutLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let cut: Cut

    init(_ link: consuming any Link & ~Copyable, _ cut: Cut) {
        self.link = link
        self.cut = cut
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        if cut.isMade { throw .closed }
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if cut.isMade { throw .closed }
        return try await link.receive(within: limit)
    }
}

private final class Cut: Sendable {
    private let state = Mutex(false)

    var isMade: Bool { state.withLock { $0 } }

    func make() { state.withLock { $0 = true } }
}

private func desk(_ policy: SecurityPolicy = TestBranch.policy) throws -> ServiceDesk {
    try ServiceDesk(
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: policy),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: [TestBranch.setup("pad-1", .pad, [])],
        logger: TestBranch.logger
    )
}

@Test(.timeLimit(.minutes(10)))
func `a reader that was plugged in is one of the stations until it is pulled`() async throws {
    let desk = try desk()
    let tag = try TestBranch.tag("b1", serial: 1)
    let events = await desk.events.events()
    await withTaskGroup(of: Bool.self) { group in
        group.addTask {
            await desk.host(TestBranch.setup("feig-1-4", .pad, [tag]), logger: TestBranch.logger)
        }
        let isThere = await eventually { desk.stations.count == 2 }
        #expect(isThere)
        // It works like any other.
        let isRead = await eventually {
            (try? await desk.tags(on: "feig-1-4").map(\.content?.primaryItemIdentifier)) == ["b1"]
        }
        #expect(isRead)
        group.cancelAll()
        #expect(await group.next() == true)
    }
    #expect(desk.stations.map(\.setup.name) == ["pad-1"])
    await #expect(throws: StationError.unknown(name: "feig-1-4", known: ["pad-1"])) {
        try await desk.tags(on: "feig-1-4")
    }
    var last: StationReport?
    for await event in events {
        guard case .station(let report) = event, report.name == "feig-1-4" else { continue }
        last = report
        if case .offline = report.state { break }
    }
    #expect(last?.state == .offline(cause: "unplugged", hint: nil))
    #expect(last?.tagsPresent == 0)
}

@Test(.timeLimit(.minutes(5)))
func `programs on workstations see and release what lies on a pad that was plugged in, by EAS too`() async throws {
    var policy = TestBranch.policy
    policy.mechanism = .eas
    let desk = try desk(policy)
    var tag = try TestBranch.tag("b1", serial: 1)
    tag.eas.armed = true
    let tags = [tag]
    @Sendable func security() async -> ItemSecurity? {
        let items = try? await desk.workstations.items(on: "feig-1-4", showingCards: false).get()
        return items?.first?.security
    }
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await desk.workstations.run(events: desk.events) }
        group.addTask { _ = await desk.host(TestBranch.setup("feig-1-4", .pad, tags), logger: TestBranch.logger) }
        // Armed is known only when the tag was asked for its EAS bit.
        let isArmed = await eventually { await security() == .armed }
        #expect(isArmed)
        // The clock runs away from whoever waits: late is a good answer, and the work goes on.
        let refusal = await desk.workstations.secure("b1", .disarmed, on: "feig-1-4")
        #expect(refusal == nil || refusal == .late)
        let isDisarmed = await eventually { await security() == .disarmed }
        #expect(isDisarmed)
        group.cancelAll()
    }
}

@Test func `where a pad was taken away the first one there is stands in for it`() async throws {
    let desk = try desk()
    let pad = try desk.station("pad-1")
    try #require(desk.enter(TestBranch.setup("wand-1", .wand, [])) != nil)
    let other = try #require(desk.enter(TestBranch.setup("pad-2", .pad, [])))
    #expect(desk.workstations.pad(inPlaceOf: "pad-1") == "pad-1")
    await desk.dismiss(pad, cause: "no longer configured")
    #expect(desk.workstations.pad(inPlaceOf: "pad-1") == "pad-2")
    await desk.dismiss(other, cause: "no longer configured")
    #expect(desk.workstations.pad(inPlaceOf: "pad-1") == "pad-1")
}

@Test func `a name is taken once`() async throws {
    let desk = try desk()
    #expect(await desk.host(TestBranch.setup("pad-1", .pad, []), logger: TestBranch.logger) == false)
    #expect(desk.stations.count == 1)
}

@Test(.timeLimit(.minutes(5)))
func `whoever watches hears why a reader is gone, and its name is free then`() async throws {
    let desk = try desk()
    let events = await desk.events.events()
    let station = try #require(desk.enter(TestBranch.setup("desk-1", .pad, [])))
    // Nobody else gets the name meanwhile.
    #expect(desk.enter(TestBranch.setup("desk-1", .wand, [])) == nil)
    let online = try await TestBranch.running(station) { await station.report.state }
    await desk.dismiss(station, cause: "no longer configured")
    #expect(desk.stations.map(\.setup.name) == ["pad-1"])
    #expect(desk.enter(TestBranch.setup("desk-1", .wand, [])) != nil)
    var states: [StationState] = []
    for await event in events {
        guard case .station(let report) = event, report.name == "desk-1" else { continue }
        states.append(report.state)
        if case .offline = report.state { break }
    }
    #expect(states == [online, .offline(cause: "no longer configured", hint: nil)])
}

@Test(.timeLimit(.minutes(5)))
func `a reader's name is free when its end was told, so that the next one is heard of behind it`() async throws {
    let desk = try desk()
    let station = try #require(desk.enter(TestBranch.setup("desk-1", .pad, [])))
    let isFree = Mutex<Bool?>(nil)
    let events = await desk.events.events { _ in
        isFree.withLock { $0 = desk.enter(TestBranch.setup("desk-1", .pad, [])) != nil }
        return true
    }
    await desk.dismiss(station, cause: "unplugged")
    #expect(isFree.withLock { $0 } == false)
    #expect(desk.enter(TestBranch.setup("desk-1", .pad, [])) != nil)
    var iterator = events.makeAsyncIterator()
    guard case .station(let report)? = await iterator.next() else {
        Issue.record("wanted the reader's end")
        return
    }
    #expect(report.name == "desk-1" && report.state == .offline(cause: "unplugged", hint: nil))
}

@Test(.timeLimit(.minutes(5)))
func `what lay on a reader that is gone is not taken for what lies on the next one of its name`() async throws {
    let desk = try desk()
    let tag = try TestBranch.tag("b1", serial: 1)
    let station = try #require(desk.enter(TestBranch.setup("desk-1", .pad, [tag])))
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await desk.security.run(on: desk.stations) }
        defer { group.cancelAll() }
        try await TestBranch.running(station) {
            try await waited { await desk.security.lying["desk-1"] == [tag.uid] }
        }
        #expect(await desk.heard.entry(tag.uid)?.isThere == true)
        await desk.dismiss(station, cause: "unplugged")
        #expect(await desk.heard.entry(tag.uid)?.isThere == false)
        try await waited { await desk.security.lying["desk-1"] == nil }
    }
}

@Test(.timeLimit(.minutes(5)))
func `what lay on a reader that is lost is known to lie there no longer`() async throws {
    let desk = try desk()
    let tag = try TestBranch.tag("b1", serial: 1)
    let cut = Cut()
    let setup = StationSetup(
        name: "desk-1",
        role: .pad,
        driver: FEIGDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        if cut.isMade { throw .absent(device: "/dev/ttyUSB9", hint: "plug it in") }
        return CutLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([tag])), cut)
    }
    let station = try #require(desk.enter(setup))
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await desk.security.run(on: desk.stations) }
        defer { group.cancelAll() }
        try await TestBranch.running(station) {
            try await waited { await desk.security.lying["desk-1"] == [tag.uid] }
            try await waited { await desk.heard.entry(tag.uid)?.isThere == true }
            cut.make()
            try await waited { await desk.security.lying["desk-1"] == [] }
            try await waited { await desk.heard.entry(tag.uid)?.isThere == false }
        }
    }
}

/// A line to a FEIG pad that hears the first answers to the EAS alarm damaged on air (02), as often as its driver asks.
private struct NoisyLink: ~Copyable, Link {
    private var link: LoopbackLink
    private var left = 3
    private var ready: [UInt8] = []

    init(_ link: consuming LoopbackLink) {
        self.link = link
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard left > 0, let frame = try? FEIGFrame(bytes), frame.command == 0xB1 else {
            return try await link.send(bytes)
        }
        left -= 1
        let reply = FEIGReply(style: frame.style, address: 0x00, command: frame.command, status: .tagDataFalse)
        ready += reply.frame.bytes
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !ready.isEmpty else { return try await link.receive(within: limit) }
        defer { ready = [] }
        return ready
    }
}

@Test(.timeLimit(.minutes(5)))
func `programs on workstations see an EAS bit that was not understood at once`() async throws {
    var policy = TestBranch.policy
    policy.mechanism = .eas
    let desk = try desk(policy)
    var tag = try TestBranch.tag("b1", serial: 1)
    tag.eas.armed = true
    let tags = [tag]
    var setup = TestBranch.setup("feig-1-4", .pad, tags)
    setup.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
        NoisyLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field(tags)))
    }
    let noisy = setup
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await desk.workstations.run(events: desk.events) }
        group.addTask { _ = await desk.host(noisy, logger: TestBranch.logger) }
        let isArmed = await eventually {
            let items = try? await desk.workstations.items(on: "feig-1-4", showingCards: false).get()
            return items?.first?.security == .armed
        }
        #expect(isArmed)
        group.cancelAll()
    }
}
