import Field
import Library
import Logging
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// A clock that only waiting moves, a line that can be cut, and what was told when.
private final class Bench: Sendable {
    private struct State {
        var now: Int64 = 1_700_000_000_000
        var isDead = false
        /// When the first question went into the dead line, and when the line was mended.
        var fell: Int64?
        var mended: Int64?
        var offline: [Int64] = []
        var online: [Int64] = []
        var lines: [String] = []
        var links = 0
        var mostLinks = 0
    }

    private let state = Mutex(State())

    var isDead: Bool { state.withLock { $0.isDead } }
    var offline: [Int64] { state.withLock { $0.offline } }
    var online: [Int64] { state.withLock { $0.online } }
    var lines: [String] { state.withLock { $0.lines } }
    var now: Int64 { state.withLock { $0.now } }
    var fell: Int64? { state.withLock { $0.fell } }
    var mended: Int64? { state.withLock { $0.mended } }

    var mostLinks: Int { state.withLock { $0.mostLinks } }

    func opened() {
        state.withLock { state in
            state.links += 1
            state.mostLinks = max(state.mostLinks, state.links)
        }
    }

    func closed() { state.withLock { $0.links -= 1 } }

    func wait(_ duration: Duration) {
        state.withLock { $0.now += Int64(duration / .milliseconds(1)) }
    }

    func cut() { state.withLock { $0.isDead = true } }

    func asked() {
        state.withLock { state in
            if state.isDead, state.fell == nil { state.fell = state.now }
        }
    }

    func mend() {
        state.withLock { state in
            state.isDead = false
            state.mended = state.now
        }
    }

    func take(_ report: StationReport) {
        state.withLock { state in
            switch report.state {
            case .online: state.online.append(state.now)
            case .offline: state.offline.append(state.now)
            case .connecting: break
            }
        }
    }

    func log(_ line: String) { state.withLock { $0.lines.append(line) } }

    var keeper: Timekeeper {
        Timekeeper(
            now: { Moment(milliseconds: self.now) },
            sleep: { duration in
                try Task.checkCancellation()
                self.wait(max(duration, .milliseconds(1)))
                await Task.yield()
            }
        )
    }

    var logger: Logger {
        Logger(label: "test") { _ in Listener(bench: self) }
    }

    private struct Listener: LogHandler {
        let bench: Bench
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            bench.log("\(event.message)")
        }
    }
}

/// A line over which nothing comes any more once it is cut; waiting on it takes its time on the bench's clock.
private struct CutLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let bench: Bench

    init(_ link: consuming any Link & ~Copyable, _ bench: Bench) {
        self.link = link
        self.bench = bench
        bench.opened()
    }

    deinit { bench.closed() }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        if bench.isDead { bench.asked() } else { try await link.send(bytes) }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if bench.isDead {
            bench.wait(limit)
            throw .timedOut
        }
        return try await link.receive(within: limit)
    }
}

private func station(
    _ driver: any ReaderDriver.Type,
    _ bench: Bench,
    open: @escaping @Sendable () async throws(LinkError) -> any Link & ~Copyable
) -> Station {
    Station(
        setup: StationSetup(
            name: "pad-1",
            role: .pad,
            driver: driver,
            place: "loopback",
            interval: .milliseconds(100),
            openLink: open
        ),
        time: bench.keeper,
        logger: bench.logger,
        knows: { _ in false },
        deliver: { _ in },
        announce: { bench.take($0) }
    )
}

private let drivers = AllDrivers.list.map { $0.identity.name }

@Test(.timeLimit(.minutes(5)), arguments: drivers)
func `a reader that dies is told within five seconds and taken back within ten, with one line each`(
    _ name: String
) async throws {
    let driver = try #require(AllDrivers.named(name))
    let bench = Bench()
    let station = station(driver, bench) { () async throws(LinkError) -> any Link & ~Copyable in
        CutLink(LoopbackLink(driver.twin(), over: TestBranch.field([])), bench)
    }
    try await TestBranch.running(station) {
        try await waited { !bench.online.isEmpty }
        bench.cut()
        try await waited { !bench.offline.isEmpty }
        // Long gone: the pauses between two attempts are at their longest, and nobody says that it is back.
        let gone = bench.now
        try await waited { bench.now >= gone + 120_000 }
        bench.mend()
        try await waited { bench.online.count >= 2 }
    }
    let noticed = try #require(bench.offline.first) - (try #require(bench.fell))
    #expect(noticed <= 5000, "\(name): told after \(noticed) ms")
    let back = try #require(bench.online.dropFirst().first) - (try #require(bench.mended))
    #expect(back <= 10_000, "\(name): back after \(back) ms")
    #expect(bench.offline.count == 1)
    #expect(bench.lines == ["reader online", "reader offline", "reader online"])
    // Many readers take one connection alone: the old one is closed before a new one is opened.
    #expect(bench.mostLinks == 1)
}

/// A device that can be opened, and hangs up on the first question after that.
private struct FickleLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let bench: Bench
    private let number: Int

    init(_ link: consuming any Link & ~Copyable, _ bench: Bench) {
        self.link = link
        self.bench = bench
        number = bench.online.count
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard bench.online.count == number else { throw .closed }
        try await link.send(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await link.receive(within: limit)
    }
}

@Test(.timeLimit(.minutes(5))) func `a reader that opens and does no more is opened ever less often`() async throws {
    let bench = Bench()
    let station = station(FEIGDriver.self, bench) { () async throws(LinkError) -> any Link & ~Copyable in
        FickleLink(LoopbackLink(FEIGTwin(.pad), over: TestBranch.field([])), bench)
    }
    let start = bench.now
    try await TestBranch.running(station) {
        try await waited { bench.now >= start + 120_000 }
    }
    // Half a second, one, two, four and then six between two attempts, a fifth less at the least: some thirty.
    let opened = bench.online.count { $0 < start + 120_000 }
    #expect(opened <= 40, "opened \(opened) times in two minutes")
}

/// A device that answers every question with the same bytes without end, once it has been opened.
private struct HostileLink: ~Copyable, Link {
    private var link: any Link & ~Copyable
    private let portion: [UInt8]
    private var honest: Int

    init(_ link: consuming any Link & ~Copyable, _ bytes: [UInt8], after honest: Int) {
        self.link = link
        portion = Array(repeating: bytes, count: 4096 / bytes.count).flatMap(\.self)
        self.honest = honest
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        honest -= 1
        if honest >= 0 { try await link.send(bytes) }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        if honest >= 0 { return try await link.receive(within: limit) }
        await Task.yield()
        return portion
    }
}

/// Turns of its loop that a hostile device is watched for.
private let manyTurns: UInt64 = 200

/// Endless noise, frames that are never whole, lengths that promise too much.
private let hostilities: [[UInt8]] = [[0x00], [0x02, 0xFF, 0xFF], [0xD6, 0x0F, 0xFF], [0x3A, 0x41, 0x0D, 0x0A]]

@Test(.timeLimit(.minutes(5)), arguments: drivers, hostilities)
func `a hostile device costs its own station and no other`(_ name: String, _ bytes: [UInt8]) async throws {
    let driver = try #require(AllDrivers.named(name))
    let bench = Bench()
    let hostile = station(driver, bench) { () async throws(LinkError) -> any Link & ~Copyable in
        HostileLink(LoopbackLink(driver.twin(), over: TestBranch.field([])), bytes, after: 40)
    }
    let tag = try TestBranch.tag("1000000136", serial: 1)
    let healthy = TestBranch.station(TestBranch.setup("pad-2", .pad, [tag]), time: ManualTime())
    let found = try await TestBranch.running(healthy) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await hostile.run() }
            defer { group.cancelAll() }
            // Where replies have no checksum, endless bytes may pass for an empty field: then nothing is lost either.
            try await waited {
                if !bench.offline.isEmpty { return true }
                return await hostile.turns >= manyTurns
            }
            return try await healthy.perform { reader in (try? await reader.inventory(afi: nil).tags) ?? [] }
        }
    }
    #expect(found.map(\.uid) == [tag.uid])
    guard case .offline(let cause, _) = await hostile.report.state else { return }
    #expect(!cause.isEmpty)
}
