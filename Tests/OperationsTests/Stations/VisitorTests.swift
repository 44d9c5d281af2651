import Field
import Library
import Operations
import Readers
import Tags
import Testing
import Wire

private func desk() throws -> ServiceDesk {
    try ServiceDesk(
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: TestBranch.policy),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: [TestBranch.setup("pad-1", .pad, [])],
        logger: TestBranch.logger
    )
}

@Test func `a reader that was plugged in is one of the stations until it is pulled`() async throws {
    let desk = try desk()
    let tag = try TestBranch.tag("b1", serial: 1)
    let events = await desk.events.events()
    await withTaskGroup(of: Bool.self) { group in
        group.addTask {
            await desk.host(TestBranch.setup("feig-1-4", .pad, [tag]), logger: TestBranch.logger)
        }
        while desk.stations.count < 2 { await Task.yield() }
        // It works like any other.
        while (try? await desk.tags(on: "feig-1-4").map(\.content?.primaryItemIdentifier)) != ["b1"] {
            await Task.yield()
        }
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

@Test func `a name is taken once`() async throws {
    let desk = try desk()
    #expect(await desk.host(TestBranch.setup("pad-1", .pad, []), logger: TestBranch.logger) == false)
    #expect(desk.stations.count == 1)
}
