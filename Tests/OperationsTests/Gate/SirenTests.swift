import Operations
import Synchronization
import Testing
import Wire

/// Lines that remember what was switched.
private struct RememberedLines: Lines, ~Copyable {
    final class Log: Sendable {
        let entries = Mutex<[String]>([])
        var list: [String] { entries.withLock { $0 } }
    }

    let log: Log

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard output != "broken" else { throw .unknown(name: output, known: ["siren"]) }
        log.entries.withLock { $0.append("\(output) \(on ? "on" : "off")") }
    }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}

private func siren(_ log: RememberedLines.Log) -> Siren {
    Siren(
        RememberedLines(log: log),
        bells: [
            "gate-1": Siren.Bell(output: "siren", duration: .seconds(3)),
            "gate-2": Siren.Bell(output: "broken", duration: .seconds(3)),
            "gate-3": Siren.Bell(output: "buzzer", duration: .milliseconds(200)),
        ],
        time: ManualTime().keeper,
        logger: TestBranch.logger
    )
}

@Test func `an alarm rings at once and falls silent by itself`() async {
    let log = RememberedLines.Log()
    let siren = siren(log)
    await siren.sound(at: "gate-1")
    #expect(log.list == ["siren on"])
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await siren.run() }
        while log.list.count < 2 { await Task.yield() }
        group.cancelAll()
    }
    #expect(log.list == ["siren on", "siren off"])
}

@Test func `a service that stops leaves no siren on`() async {
    let log = RememberedLines.Log()
    let siren = siren(log)
    await siren.sound(at: "gate-1")
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await siren.run() }
        group.cancelAll()
    }
    #expect(log.list.last == "siren off")
}

@Test func `a gate without a bell stays silent, and a broken line stops nobody`() async {
    let log = RememberedLines.Log()
    let siren = siren(log)
    await siren.sound(at: "gate-9")
    await siren.sound(at: "gate-2")
    await siren.sound(at: "gate-1")
    #expect(log.list == ["siren on"])
}

@Test func `a short ring that begins during a long one ends first`() async {
    let log = RememberedLines.Log()
    let siren = siren(log)
    await siren.sound(at: "gate-1")
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await siren.run() }
        await Task.yield()
        await siren.sound(at: "gate-3")
        while log.list.count < 4 { await Task.yield() }
        group.cancelAll()
    }
    #expect(log.list == ["siren on", "buzzer on", "buzzer off", "siren off"])
}
