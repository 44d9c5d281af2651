import Library
import LinuxIO
import Logging
import Operations
import Readers
import Synchronization
import Testing
import Wire

@testable import Daemon

private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// What a station told, and for how long it waited in vain since it lost its reader.
private final class Watch: Sendable {
    private struct State {
        var isLost = false
        var waited = Duration.zero
        var reports: [StationState] = []
    }

    private let state = Mutex(State())

    var waited: Duration { state.withLock { $0.waited } }
    var reports: [StationState] { state.withLock { $0.reports } }

    func lose() { state.withLock { $0.isLost = true } }

    func tell(_ report: StationReport) { state.withLock { $0.reports.append(report.state) } }

    func wait(_ duration: Duration) {
        state.withLock { state in
            guard state.isLost, !state.reports.contains(where: \.isOffline) else { return }
            state.waited += duration
        }
    }

    /// Time that only waiting on the line and resting between two looks lets pass.
    var time: Timekeeper {
        Timekeeper(
            now: { Moment(milliseconds: 1_700_000_000_000) },
            sleep: { duration in
                try Task.checkCancellation()
                self.wait(duration)
                await Task.yield()
            }
        )
    }

    func until(_ isReached: ([StationState]) -> Bool) async {
        let isSo = await eventually { isReached(reports) }
        #expect(isSo)
    }
}

extension StationState {
    fileprivate var isOffline: Bool {
        if case .offline = self { return true }
        return false
    }

    fileprivate var isOnline: Bool {
        if case .online = self { return true }
        return false
    }
}

/// A real line whose waits in vain are counted as long as they were meant to be, however busy the machine is.
private struct CountedLink: Link, ~Copyable {
    private var link: any Link & ~Copyable
    private let watch: Watch

    init(_ link: consuming any Link & ~Copyable, _ watch: Watch) {
        self.link = link
        self.watch = watch
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await link.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        do throws(LinkError) {
            return try await link.receive(within: limit)
        } catch {
            if error == .timedOut { watch.wait(limit) }
            throw error
        }
    }
}

private func station(at port: UInt16, _ watch: Watch) throws -> Station {
    let text = """
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        tcp = "127.0.0.1:\(port)"
        """
    let readers = try ConfigurationFile.parse(text, file: "pressmark.toml").readers
    let places = try ReaderPlaces(readers, readiness: try Readiness(), logger: logger)
    var setup = try #require(try places.setups(readers).first)
    let openLink = setup.openLink
    setup.openLink = { () async throws(LinkError) -> any Link & ~Copyable in
        CountedLink(try await openLink(), watch)
    }
    return Station(
        setup: setup,
        time: watch.time,
        logger: logger,
        knows: { _ in false },
        deliver: { _ in },
        announce: { watch.tell($0) }
    )
}

private enum Loss: CaseIterable, Sendable {
    /// It swallows everything and says nothing; its kernel acknowledges.
    case silence
    /// Nothing comes back any more, neither an answer nor an acknowledgement nor an end.
    case vanishing
}

@Test(.timeLimit(.minutes(5)), arguments: Loss.allCases)
private func `a reader on the network that is lost without a word is told within five seconds and taken back`(
    _ loss: Loss
) async throws {
    let reader = try ReaderBehindPort(FEIGDriver.twin(), over: EmptyAir())
    defer { reader.end() }
    let watch = Watch()
    let station = try station(at: reader.port, watch)
    let running = Task { await station.run() }
    await watch.until { $0.contains(where: \.isOnline) }
    watch.lose()
    switch loss {
    case .silence: reader.fallSilent()
    case .vanishing: try reader.vanish()
    }
    await watch.until { $0.contains(where: \.isOffline) }
    #expect(watch.waited > .zero && watch.waited <= .seconds(5), "told after \(watch.waited)")
    reader.comeBack()
    await watch.until { $0.last?.isOnline == true }
    #expect(watch.reports.count(where: \.isOffline) == 1)
    running.cancel()
    await running.value
}
