import Importers
import Library
import Logging
import Operations
import Store
import Synchronization
import Testing

/// The holdings of a store, and the room that pulls into them from one library system.
private func rooms(
    _ store: Store,
    _ setup: PullSetup,
    _ time: Timekeeper,
    snapshots: Int = 2
) -> (pulls: PullRoom, holdings: HoldingsRoom) {
    let settings = ServiceDesk.Settings(
        rules: SweepRules(),
        shelfOrder: .standard,
        scheme: .lcc,
        snapshots: snapshots
    )
    let holdings = HoldingsRoom(store: store, time: time, settings: settings)
    let pulls = PullRoom(store: store, holdings: holdings, time: time, sources: [setup], logger: TestBranch.logger)
    return (pulls, holdings)
}

/// A library system that is asked by the clock: since when, and at which minute.
private final class AskedSystem: Sendable {
    private struct State {
        var minutes = 0
        var asked: [(minute: Int, isFull: Bool)] = []
    }

    private let state = Mutex(State())
    private let lastMinute: Int
    /// From this minute on the wall clock is an hour behind.
    private let setBackAt: Int

    /// The clock stops behind the last minute: the room's life ends there.
    init(until lastMinute: Int, setBackAt: Int = .max) {
        self.lastMinute = lastMinute
        self.setBackAt = setBackAt
    }

    var asked: [String] {
        state.withLock { state in state.asked.map { "\($0.minute) \($0.isFull ? "all" : "changes")" } }
    }

    var time: Timekeeper {
        Timekeeper(
            now: {
                let minutes = self.minute
                let wall = minutes < self.setBackAt ? minutes : minutes - 60
                return Moment(milliseconds: 1_700_000_000_000 + Int64(wall) * 60_000)
            },
            sleep: { duration in
                let isOver = self.state.withLock { state in
                    state.minutes += max(1, Int(duration.components.seconds) / 60)
                    return state.minutes > self.lastMinute
                }
                if isOver { throw CancellationError() }
            },
            uptime: { .seconds(self.minute * 60) }
        )
    }

    var minute: Int { state.withLock { $0.minutes } }

    /// A system that does not know us.
    func refusal(_ since: Moment?) -> AsyncThrowingStream<[UInt8], any Error> {
        state.withLock { $0.asked.append((minute: $0.minutes, isFull: since == nil)) }
        return AsyncThrowingStream { continuation in
            continuation.finish(throwing: PullFailure.refused(status: 401, place: "token"))
        }
    }

    /// A system that is not there before this minute.
    func later(_ since: Moment?, from minute: Int) -> AsyncThrowingStream<[UInt8], any Error> {
        guard self.minute < minute else { return pages(since) }
        state.withLock { $0.asked.append((minute: $0.minutes, isFull: since == nil)) }
        let failure = PullFailure.unreachable(cause: "no route", place: "items", records: 0, attempts: 5)
        return AsyncThrowingStream { continuation in continuation.finish(throwing: failure) }
    }

    func pages(_ since: Moment?) -> AsyncThrowingStream<[UInt8], any Error> {
        state.withLock { $0.asked.append((minute: $0.minutes, isFull: since == nil)) }
        return AsyncThrowingStream { continuation in
            continuation.yield(Array(#"[{"item_id":1,"external_id":"b1","home_library_id":"CPL"}]"#.utf8))
            continuation.finish()
        }
    }
}

/// A library system that is asked now and then by somebody, under a wall clock that somebody sets.
private final class SetClock: Sendable {
    let wall = ManualTime()
    let uptime = ManualTime()
    private let asked = Mutex<[Moment?]>([])

    var time: Timekeeper {
        var time = wall.keeper
        time.uptime = { .milliseconds(self.uptime.advance(by: 0)) }
        return time
    }

    /// The moment that changes were asked for last; `nil` for everything.
    var last: Moment? { asked.withLock { $0.last ?? nil } }

    /// Two hours pass, and somebody sets the clock back by one.
    func setBack() {
        uptime.advance(by: 7_200_000)
        wall.advance(by: 3_600_000)
    }

    func room(_ store: Store) -> PullRoom {
        let setup = PullSetup(
            name: "koha",
            source: PullSource(system: .koha, pageSize: 100),
            label: "https://koha.example",
            interval: nil,
            fullInterval: .seconds(86_400)
        ) { since in
            self.asked.withLock { $0.append(since) }
            return AsyncThrowingStream { continuation in
                continuation.yield(Array(#"[{"item_id":1,"external_id":"b1","home_library_id":"CPL"}]"#.utf8))
                continuation.finish()
            }
        }
        return rooms(store, setup, time).pulls
    }
}

/// A library system with ten items, and with one of them when it has been asked for everything so many times.
private final class ShrinkingSystem: Sendable {
    private let requests = Mutex<[String]>([])
    private let whole: Int

    init(whole: Int) {
        self.whole = whole
    }

    var asked: [String] { requests.withLock { $0 } }

    func pages(_ since: Moment?) -> AsyncThrowingStream<[UInt8], any Error> {
        let isWhole = requests.withLock { requests in
            requests.append(since == nil ? "all" : "changes")
            return since == nil && requests.count { $0 == "all" } <= whole
        }
        let items = (1...(isWhole ? 10 : 1)).map {
            #"{"item_id":\#($0),"external_id":"b\#($0)","home_library_id":"CPL"}"#
        }
        return AsyncThrowingStream { continuation in
            continuation.yield(Array("[\(items.joined(separator: ","))]".utf8))
            continuation.finish()
        }
    }
}

@Suite struct PullRoomTests {
    @Test func `a pull where no library system is set up says so, and wants no name`() {
        #expect("\(PullRefusal.unknown(name: nil, known: []))" == "pull: no library system is set up")
        let several = PullRefusal.unknown(name: nil, known: ["folio", "koha"])
        #expect("\(several)" == "pull: found no name, wanted one of folio, koha")
    }

    @Test func `changes come by the clock, and everything once it is too old`() async throws {
        let system = AskedSystem(until: 100)
        let store = try Store.inMemory()
        let room = rooms(store, Self.setup(system, whole: .seconds(3600)), system.time).pulls
        await room.run()
        #expect(
            system.asked == [
                "0 all", "15 changes", "30 changes", "45 changes", "60 all", "75 changes", "90 changes",
            ]
        )
        #expect(try store.item(barcode: "b1") != nil)
        #expect(try await room.report().first?.nextAt == Moment(milliseconds: 1_700_000_000_000 + 105 * 60_000))
    }

    @Test func `a daily pull that failed is tried again the same night, ever more rarely`() async throws {
        let system = AskedSystem(until: 1600)
        let store = try Store.inMemory()
        var setup = Self.setup(system, whole: .seconds(604_800), pages: { system.later($0, from: 100) })
        setup.interval = .seconds(86_400)
        await rooms(store, setup, system.time).pulls.run()
        #expect(system.asked == ["0 all", "15 all", "45 all", "105 all", "1545 changes"])
    }

    @Test func `a clock that is set back keeps no pull waiting until it has come up again`() async throws {
        let system = AskedSystem(until: 75, setBackAt: 40)
        let store = try Store.inMemory()
        let room = rooms(store, Self.setup(system, whole: .seconds(86_400)), system.time).pulls
        await room.run()
        #expect(system.asked == ["0 all", "15 changes", "30 changes", "40 changes", "55 changes", "70 changes"])
    }

    @Test func `changes are asked for from the last pull on by the clock as it goes now`() async throws {
        let (clock, store) = (SetClock(), try Store.inMemory())
        let room = clock.room(store)
        let first = clock.wall.keeper.now()
        #expect(try await room.pull(nil, full: false).wasFull)
        clock.setBack()
        #expect(try await room.pull(nil, full: false).wasFull == false)
        // The same moment by a clock that is an hour behind.
        let since = try #require(clock.last)
        #expect(since < first + .seconds(-3600))
    }

    @Test func `everything is pulled where holdings are of a time to come and nobody was there since`() async throws {
        let (clock, store) = (SetClock(), try Store.inMemory())
        #expect(try await clock.room(store).pull(nil, full: false).wasFull)
        #expect(try await clock.room(store).pull(nil, full: false).wasFull == false)
        clock.wall.advance(by: -3_600_000)
        #expect(try await clock.room(store).pull(nil, full: false).wasFull)
    }

    @Test func `credentials that were refused are tried again when they change or somebody asks, not by the clock`()
        async throws
    {
        let system = AskedSystem(until: 100)
        let store = try Store.inMemory()
        var setup = Self.setup(system, whole: .seconds(3600), pages: system.refusal)
        // Somebody writes another wrong password into the file.
        setup.fingerprint = { system.minute < 60 ? 1 : 2 }
        let room = rooms(store, setup, system.time).pulls
        await room.run()
        #expect(system.asked == ["0 all", "60 all"])
        let report = try #require(try await room.report().first)
        #expect(report.nextAt == nil)
        guard case .failed(let cause) = report.outcome else {
            Issue.record("found \(String(describing: report.outcome)), wanted a failure")
            return
        }
        #expect(cause.contains("refuses the credentials (HTTP 401)"))
        let failure = await #expect(throws: ImportFailure.self) { _ = try await room.pull("koha", full: true) }
        #expect(failure?.hint.contains("only when they have changed") == true)
        #expect(system.asked.count == 3)
    }

    /// Asked every quarter of an hour; `pages` are the system's own where none are given.
    private static func setup(
        _ system: AskedSystem,
        whole: Duration,
        pages: (@Sendable (Moment?) -> AsyncThrowingStream<[UInt8], any Error>)? = nil
    ) -> PullSetup {
        let pages = pages ?? system.pages
        return PullSetup(
            name: "koha",
            source: PullSource(system: .koha, pageSize: 100),
            label: "https://koha.example",
            interval: .seconds(900),
            fullInterval: whole
        ) { since in
            pages(since)
        }
    }

    private static func setup(_ system: ShrinkingSystem) -> PullSetup {
        PullSetup(
            name: "koha",
            source: PullSource(system: .koha, pageSize: 100),
            label: "https://koha.example",
            interval: nil,
            fullInterval: .zero
        ) { since in
            system.pages(since)
        }
    }

    @Test func `a whole pull that loses too much waits under its number, and changes go on beside it`() async throws {
        let store = try Store.inMemory()
        let system = ShrinkingSystem(whole: 1)
        let (pulls, holdings) = rooms(store, Self.setup(system), ManualTime().keeper, snapshots: 3)
        #expect(try await pulls.pull(nil, full: false).outcome.imported == 10)
        await #expect(throws: ImportFailure.shrinks(Shrinkage(gone: 9, of: 10), staged: 2)) {
            _ = try await pulls.pull(nil, full: false)
        }
        // Everything is due again, but it waits.
        #expect(try await pulls.pull(nil, full: false).wasFull == false)
        #expect(try store.itemCount() == 10)
        #expect(try await holdings.accept(2, acceptsShrink: true).itemCount == 1)
        #expect(try await pulls.pull(nil, full: false).wasFull)
        #expect(system.asked == ["all", "all", "changes", "all"])
    }

    @Test func `while it waits the same is not pulled again, unless somebody asks for it`() async throws {
        let store = try TestBranch.store((1...10).map { TestBranch.item("b\($0)", "QA \($0)") })
        let system = ShrinkingSystem(whole: 0)
        let (pulls, _) = rooms(store, Self.setup(system), ManualTime().keeper, snapshots: 3)
        for _ in 0..<3 {
            await #expect(throws: ImportFailure.shrinks(Shrinkage(gone: 9, of: 10), staged: 2)) {
                _ = try await pulls.pull(nil, full: false)
            }
        }
        #expect(system.asked == ["all"])
        await #expect(throws: ImportFailure.shrinks(Shrinkage(gone: 9, of: 10), staged: 3)) {
            _ = try await pulls.pull(nil, full: true)
        }
    }
}
