import Field
import Operations
import Readers
import Synchronization
import Testing
import Wire

/// Lines of text in the order in which they came.
private final class Heard: Sendable {
    private let lines = Mutex<[String]>([])

    var list: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A pad whose reader switches its outputs until told otherwise and cannot time them.
private func pad(_ said: Heard) -> Station {
    let setup = StationSetup(
        name: "pad-1",
        role: .pad,
        driver: MetraTecDriver.self,
        place: "loopback",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        RecordingLink(LoopbackLink(MetraTecTwin(), over: TestBranch.field([]))) { line in
            if case .sent(let bytes) = line { said.add(String(decoding: bytes, as: UTF8.self)) }
        }
    }
    return TestBranch.station(setup, time: ManualTime())
}

/// What is told of these orders once they were carried out.
private func told(of orders: [(line: String, on: Bool)], on station: Station) async throws -> [String] {
    var lines = ReaderLines([
        "siren": ReaderLines.Place(reader: "pad-1", output: .output(1)),
        "buzzer": ReaderLines.Place(reader: "pad-1", output: .buzzer),
        "lamp": ReaderLines.Place(reader: "pad-9", output: .redLamp),
    ])
    for order in orders { try lines.set(order.line, to: order.on) }
    let (given, count) = (lines.orders, orders.count)
    let told = Heard()
    try await TestBranch.running(station) {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await ReaderLines.obey(given, with: [station]) { line, cause in
                    told.add("\(line): \(cause ?? "switched")")
                }
            }
            let isTold = await eventually { told.list.count >= count }
            #expect(isTold)
            group.cancelAll()
        }
    }
    return told.list
}

@Test func `a reader that cannot time its outputs is told on and off`() async throws {
    let said = Heard()
    let told = try await told(of: [("siren", true), ("siren", false)], on: pad(said))
    #expect(told == ["siren: switched", "siren: switched"])
    #expect(said.list.filter { $0.hasPrefix("WOP") } == ["WOP 0 HI\r", "WOP 0 LOW\r"])
}

@Test func `an output that no reader has is told with its cause`() async throws {
    // Each reader has its own queue: which of the two answers first is not said.
    let told = try await told(of: [("buzzer", true), ("lamp", true)], on: pad(Heard())).sorted()
    try #require(told.count == 2)
    #expect(told[0].hasPrefix("buzzer: reader pad-1: ") && !told[0].contains("switched"))
    #expect(told[1] == "lamp: reader pad-9: not configured")
}

@Test func `a reader that is slow to obey keeps no other reader's siren waiting`() async throws {
    var lines = ReaderLines([
        "gate-1 siren": ReaderLines.Place(reader: "gate-1", output: .relay),
        "gate-2 siren": ReaderLines.Place(reader: "gate-2", output: .relay),
    ])
    try lines.set("gate-1 siren", to: true)
    try lines.set("gate-2 siren", to: true)
    let (given, told) = (lines.orders, Heard())
    await withTaskGroup(of: Void.self) { group in
        group.addTask {
            await ReaderLines.obey(given, with: []) { line, _ in
                // The first order ends when the second has ended, or never where they stand in one row.
                var turns = 0
                while line == "gate-1 siren", told.list.isEmpty, turns < 1_000_000 {
                    turns += 1
                    await Task.yield()
                }
                told.add(line)
            }
        }
        _ = await eventually { told.list.count >= 2 }
        group.cancelAll()
    }
    #expect(told.list == ["gate-2 siren", "gate-1 siren"])
}
