import GRDB
import Library
import Operations
import Readers
import Synchronization
import Testing
import Wire

@testable import Store

/// How often a line was opened.
private final class Openings: Sendable {
    let count = Mutex(0)
}

/// Settings that change while a wand is open and a sweep is under way.
@Suite struct FollowingTests {
    private static let items = (1...9).map { TestBranch.item("b\($0)", "QA 76 .A\($0)") }
    private static let scope = SweepScope(branch: "MAIN", location: "REF")

    private static func settings(shrink: Int, passes: Int) -> ServiceDesk.Settings {
        var rules = SweepRules(security: TestBranch.policy)
        rules.coverage.passes = passes
        return ServiceDesk.Settings(
            rules: rules,
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3,
            shrinkPercent: shrink
        )
    }

    @Test func `settings change under an open reader and a begun sweep, and neither is dropped`() async throws {
        let time = ManualTime()
        let store = try TestBranch.store(Self.items)
        let opened = Openings()
        let tags = try (1...9).map { try TestBranch.tag("b\($0)", serial: UInt64($0)) }
        var wand = TestBranch.setup("wand", .wand, tags)
        let open = wand.openLink
        wand.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
            opened.count.withLock { $0 += 1 }
            return try await open()
        }
        let desk = try ServiceDesk(
            store: store,
            time: time.keeper,
            settings: Self.settings(shrink: 10, passes: 1),
            readers: [wand],
            logger: TestBranch.logger
        )
        let station = try desk.station("wand")
        let sweep = try await desk.sweeps.start(Self.scope).sweep.id
        try await TestBranch.running(station) {
            var looks = 0
            while try await desk.sweeps.sweep(sweep).summary.seen < 9, looks < 100_000 {
                looks += 1
                await Task.yield()
            }
            let before = try await desk.sweeps.sweep(sweep)
            try await desk.follow(Self.settings(shrink: 50, passes: 4), pulls: [], gates: nil)
            #expect(await desk.sweeps.siteRules.coverage.passes == 4)
            let after = try await desk.sweeps.sweep(sweep)
            #expect(after.sweep == before.sweep)
            #expect(after.sightings >= before.sightings)
            #expect(after.summary.seen == 9)
            guard case .online = await station.report.state else {
                Issue.record("the wand was dropped")
                return
            }
        }
        #expect(opened.count.withLock { $0 } == 1)
        #expect(try await desk.sweeps.finish(sweep).summary.seen == 9)
    }

    @Test func `settings that cannot be taken whole are not taken, and may be taken later`() async throws {
        let store = try TestBranch.store(Self.items)
        let desk = try ServiceDesk(
            store: store,
            time: ManualTime().keeper,
            settings: Self.settings(shrink: 10, passes: 1),
            readers: [],
            logger: TestBranch.logger
        )
        _ = try await desk.sweeps.start(Self.scope)
        func rename(_ table: String, to name: String) throws {
            try store.database.writeWithoutTransaction { try $0.execute(sql: "ALTER TABLE \(table) RENAME TO \(name)") }
        }
        try rename("sighting", to: "unreadable")
        await #expect(throws: (any Error).self) {
            try await desk.follow(Self.settings(shrink: 50, passes: 4), pulls: [], gates: nil)
        }
        #expect(await desk.sweeps.siteRules.coverage.passes == 1)
        try rename("unreadable", to: "sighting")
        try await desk.follow(Self.settings(shrink: 50, passes: 4), pulls: [], gates: nil)
        #expect(await desk.sweeps.siteRules.coverage.passes == 4)
    }

    @Test func `rules follow, security stays as the tags and gates have it`() async throws {
        let desk = try ServiceDesk(
            store: try TestBranch.store(Self.items),
            time: ManualTime().keeper,
            settings: Self.settings(shrink: 10, passes: 1),
            readers: [],
            logger: TestBranch.logger
        )
        var settings = Self.settings(shrink: 10, passes: 2)
        settings.rules.security = SecurityPolicy(ownInstitutions: ["ZZ-OTHER"])
        try await desk.follow(settings, pulls: [], gates: GatePolicy(security: settings.rules.security))
        #expect(await desk.sweeps.siteRules.security == TestBranch.policy)
        #expect(await desk.gate.keeper.rules.security == TestBranch.policy)
        #expect(await desk.sweeps.siteRules.coverage.passes == 2)
    }
}
