import Library
import Operations
import Readers
import Synchronization
import Testing
import Wire

/// A chip with one output, `siren`, whose fire contact opens at once.
private struct Chip: Lines, ~Copyable {
    final class Cable: Sendable {
        let states = Mutex<[Bool]>([])
    }

    let cable: Cable

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard output == "siren" else { throw .unknown(name: output, known: ["siren"]) }
        cable.states.withLock { $0.append(on) }
    }

    func edges() -> AsyncStream<LineEdge> {
        AsyncStream { continuation in
            continuation.yield(LineEdge(input: "fire", active: true, nanoseconds: 1))
            continuation.finish()
        }
    }
}

/// Siren on a chip, lamp in the reader: to the gate they are outputs like any others.
@Suite(.timeLimit(.minutes(10))) struct JoinedLinesTests {
    private static let lamp = ReaderLines.Place(reader: "gate-1", output: .redLamp)

    @Test func `each output is switched where it is, on a chip or in a reader`() async throws {
        let cable = Chip.Cable()
        let readers = ReaderLines(["lamp": Self.lamp])
        let orders = readers.orders
        var lines = JoinedLines(Chip(cable: cable), readers, ofFirst: ["siren"])
        try lines.set("siren", to: true)
        try lines.set("lamp", to: true)
        try lines.set("siren", to: false)
        #expect(cable.states.withLock { $0 } == [true, false])
        var order = orders.makeAsyncIterator()
        let given = await order.next()
        #expect(given?.line == "lamp" && given?.place == Self.lamp && given?.on == true)
    }

    @Test func `the chip's contacts are heard`() async {
        let lines = JoinedLines(Chip(cable: Chip.Cable()), ReaderLines(["lamp": Self.lamp]), ofFirst: ["siren"])
        var heard: [LineEdge] = []
        for await edge in lines.edges() { heard.append(edge) }
        #expect(heard == [LineEdge(input: "fire", active: true, nanoseconds: 1)])
    }

    @Test func `an alarm rings on both, and the fire contact switches both off`() async {
        let cable = Chip.Cable()
        let readers = ReaderLines(["lamp": Self.lamp])
        let orders = readers.orders
        let lines = JoinedLines(Chip(cable: cable), readers, ofFirst: ["siren"])
        let edges = lines.edges()
        let bells = GateBells(
            lines,
            edges: edges,
            gates: ["gate-1"],
            wiring: [
                GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1"),
                GateBells.Wiring(line: "lamp", output: "lamp", gate: "gate-1", isOrdered: true),
            ],
            time: ManualTime().keeper
        )
        #expect(await bells.signal(.alarm, at: "gate-1") == nil)
        #expect(cable.states.withLock { $0 } == [true])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bells.run() }
            let isFire = await eventually { await bells.isFire }
            #expect(isFire)
            group.cancelAll()
        }
        #expect(cable.states.withLock { $0.last } == false)
        var order = orders.makeAsyncIterator()
        #expect(await order.next()?.on == true)
        #expect(await order.next()?.on == false)
    }
}
