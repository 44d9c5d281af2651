import Library
import Logging
import Operations
import Synchronization
import Testing
import Wire

/// A log whose lines can be read: level, message, and what stands behind it.
private final class SpokenLog: Sendable {
    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(spoken: self) } }

    private struct Handler: LogHandler {
        let spoken: SpokenLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            let line = "\(event.level) \(event.message)" + details.joined()
            spoken.entries.withLock { $0.append(line) }
        }
    }
}

/// What a gate has to say aloud in the log, because somebody must be able to read it there later.
struct GateSpokenTests {
    private let log = SpokenLog()
    private let time = ManualTime()

    private func room(_ bells: GateBells? = nil) throws -> GateRoom {
        GateRoom(
            gates: ["gate-1"],
            store: try TestBranch.store([]),
            time: time.keeper,
            policy: GatePolicy(security: TestBranch.policy),
            bells: bells,
            events: EventHub(),
            logger: log.logger
        )
    }

    /// Runs a room whose input lines do this, until the log has the line.
    private func running(_ edges: [LineEdge], until line: String) async throws {
        let bells = GateBells(
            ReaderLines([:]),
            edges: AsyncStream { continuation in
                for edge in edges { continuation.yield(edge) }
                continuation.finish()
            },
            gates: ["gate-1"],
            wiring: [],
            time: time.keeper
        )
        let room = try room(bells)
        let log = log
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await room.run() }
            group.addTask { await room.runFast() }
            let isSaid = await eventually { log.lines.contains(line) }
            #expect(isSaid)
            group.cancelAll()
        }
    }

    @Test func `whoever confirms rules under which nothing sounds stands in the log`() async throws {
        let room = try room()
        let base = await room.keeper.rules
        let text = "learning until = 9999-12-31"
        await #expect(throws: GateRoom.PolicyRefusal.silencesEverything(.learning)) {
            try await room.follow(rules: text, base: base, confirmed: false, by: "B. Visitor")
        }
        #expect(log.lines == [])
        _ = try await room.follow(rules: text, base: base, confirmed: true, by: "A. Librarian")
        #expect(log.lines == ["critical gate rules under which nothing sounds by=A. Librarian"])
        _ = try await room.follow(rules: "parked after = 90 s", base: base, confirmed: false, by: "A. Librarian")
        #expect(log.lines.last == "notice gate rules changed by=A. Librarian")
    }

    @Test func `a fire stands in the log, and its end too`() async throws {
        let edges = [
            LineEdge(input: "fire", active: true, nanoseconds: 1),
            LineEdge(input: "fire", active: false, nanoseconds: 2),
        ]
        try await running(edges, until: "critical fire contact closed again")
        #expect(log.lines.contains("critical fire contact, all gates silent"))
    }

    @Test func `a mute by the button stands in the log with its length`() async throws {
        try await running(
            [LineEdge(input: "gate-1 mute", active: true, nanoseconds: 1)],
            until: "notice gates muted by button seconds=600"
        )
    }
}
