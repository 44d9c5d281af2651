import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Operations
import Synchronization
import Tags
import Testing

@testable import Interfaces

private func page(_ service: TestService) async throws -> ExpositionText {
    let response = try await service.send(.get, "/metrics")
    #expect(response.status == .ok)
    #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
    return ExpositionText(String(buffer: response.body))
}

@Test func `the metrics follow the format and its conventions`() async throws {
    let service = try TestService(onPad: [TestService.tag("3010")])
    try await service.running {
        let text = try await page(service)
        #expect(text.mistakes == [])
        #expect(text.value("pressmark_reader_up", ["reader": "pad-1", "role": "pad"]) == 1)
        #expect((text.value("pressmark_reader_exchanges_total", ["reader": "pad-1"]) ?? 0) > 0)
        #expect(text.value("pressmark_holdings_items") == 5)
        #expect(text.value("pressmark_build_info", ["version": Version.current]) == 1)
        #expect(text.value("process_resident_memory_bytes") ?? 0 > 1_000_000)
    }
}

@Test func `what happens is counted by kind and device`() async throws {
    let service = try TestService(onPad: [TestService.tag("3010")])
    try await service.running {
        let station = try service.desk.station("pad-1")
        let report = try await service.desk.security.change("3010", to: .disarmed, cause: .staff, on: station)
        await service.desk.tally.take(.security(report))
        await service.desk.tally.take(.security(report))
        _ = try await service.send(.get, "/v1/nothing/there")
        let text = try await page(service)
        let labels = ["reader": "pad-1", "cause": "staff", "outcome": "done"]
        #expect(text.value("pressmark_security_changes_total", labels) == 2)
        #expect(text.value("pressmark_http_requests_total", ["method": "GET", "code": "404"]) == 1)
        #expect(text.value("pressmark_http_request_duration_seconds_count") == 1)
    }
}

@Test func `an alarm counts by its reason, and what is silent by why`() async throws {
    let service = try TestService()
    let item = GateAlarmItem(
        uid: TagUID(0xE004_0150_0000_0001),
        barcode: "3010",
        afi: 7,
        reason: .notOnLoan,
        evidence: "armed"
    )
    let alarm = GateAlarm(gate: "gate-1", at: TestService.start, items: [item], quiet: .muted)
    await service.desk.tally.take(.alarm(GateAlarmRecord(id: 1, alarm: alarm)))
    let text = try await page(service)
    #expect(text.value("pressmark_gate_alarms_total", ["gate": "gate-1", "reason": "not on loan"]) == 1)
    #expect(text.value("pressmark_gate_silent_alarms_total", ["gate": "gate-1", "cause": "muted"]) == 1)
    // Nothing is told by item, tag or person.
    let labels = text.samples.flatMap { $0.labels.values }
    #expect(!labels.contains { $0.contains("3010") || $0.hasPrefix("E004") || $0.contains("Title") })
}

@Test func `a label may hold anything and a bucket counts all below it`() {
    let family = MetricFamily("a_total", "back\\slash", .counter, [.init(labels: [("b", "x\"\\\ny")], value: 2)])
    let text = ExpositionText(family.text)
    #expect(text.mistakes == [] && text.samples == [.init(name: "a_total", labels: ["b": "x\"\\\ny"], value: 2)])
    // By scalars: one character each to Swift.
    let accented = MetricFamily("a_total", "a", .counter, [.init(labels: [("b", "\"\u{301}\r\n")], value: 2)])
    #expect(Array(accented.text.utf8.suffix(16)) == Array("{b=\"\\\"\u{301}\r\\n\"} 2\n".utf8))
    var histogram = Histogram(bounds: [0.1, 1])
    for time: Duration in [.milliseconds(50), .milliseconds(100), .milliseconds(500), .seconds(3)] {
        histogram.observe(time)
    }
    #expect(histogram.counts == [2, 1, 1] && histogram.count == 4 && abs(histogram.sum - 3.65) < 1e-9)
}

@Test func `ready says what is missing, live only that it answers`() async throws {
    let service = try TestService()
    let early = try await service.send(.get, "/health/ready")
    #expect(early.status == .serviceUnavailable)
    let missing = try early.value(Health.self).parts.filter { $0.status == .failed }.map(\.name)
    #expect(missing == ["pad-1"])
    #expect(try await service.send(.get, "/health/live").status == .ok)
    try await service.running {
        let health = try await service.send(.get, "/health/ready")
        #expect(health.status == .ok)
        #expect(try health.value(Health.self).status == .ok)
    }
    let empty = try TestService(items: [])
    try await empty.running {
        let health: Health = try await empty.send(.get, "/health/ready").value()
        #expect(health.status == .degraded && health.parts.contains { $0.name == "holdings" && $0.status == .degraded })
    }
}

@Test func `whether the database answers is looked at once a second, however often somebody asks`() async {
    let look = StoreLook()
    let looks = Mutex(0)
    let trouble = StoreTrouble(cause: "full", hint: "make room")
    func ask(_ now: Duration) async -> String? {
        await look.trouble(at: { now }) {
            let count = looks.withLock { count in
                count += 1
                return count
            }
            return count == 1 ? trouble : nil
        }?.cause
    }
    #expect(await ask(.zero) == "full")
    #expect(await ask(.milliseconds(999)) == "full")
    #expect(await ask(.seconds(1)) == nil)
    #expect(await ask(.milliseconds(1999)) == nil)
    #expect(looks.withLock { $0 } == 2)
}

@Test func `whoever asks while a look takes its time is told what that finds`() async {
    let look = StoreLook()
    let clock = Mutex(Duration.zero)
    let looks = Mutex(0)
    for _ in 0..<3 {
        let trouble = await look.trouble(at: { clock.withLock { $0 } }) {
            // As long as another program that has the database is waited for.
            clock.withLock { $0 += .seconds(5) }
            looks.withLock { $0 += 1 }
            return StoreTrouble(cause: "locked", hint: nil)
        }
        #expect(trouble?.cause == "locked")
    }
    #expect(looks.withLock { $0 } == 1)
}

@Test func `a scrape is told of the database what the last look found`() async throws {
    // The clock of this service stands still: whatever was found a moment ago is worth telling.
    let desk = try TestService().desk
    let look = StoreLook()
    _ = await look.trouble(at: desk.time.uptime) { StoreTrouble(cause: "locked", hint: nil) }
    let page = MetricPage(desk: desk, startedAt: TestService.start, look: look)
    #expect(!(await page.families).map(\.name).contains("pressmark_store_answer_seconds"))
    let other = MetricPage(desk: desk, startedAt: TestService.start)
    #expect((await other.families).map(\.name).contains("pressmark_store_answer_seconds"))
}

@Test func `the dashboard asks for metrics that are there`() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../docs/grafana/pressmark.json"
    )
    let dashboard = try String(contentsOf: file.standardized, encoding: .utf8)
    let asked = Set(dashboard.matches(of: /pressmark_[a-z_]+/).map { String($0.output) })
    #expect(asked.count > 15)
    let families = await MetricPage(desk: try TestService().desk, startedAt: TestService.start).families.map(\.name)
    // Neither a library system nor a database file is there in this service.
    let absent = asked.filter { $0.hasPrefix("pressmark_ils_") } + ["pressmark_store_size_bytes"]
    for name in asked.subtracting(absent).sorted() {
        #expect(families.contains { name == $0 || name == $0 + "_bucket" }, "\(name)")
    }
}

@Test func `the page on monitoring lists every metric`() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/monitoring.md")
    let page = try String(contentsOf: file.standardized, encoding: .utf8)
    var listed: Set<String> = []
    for row in page.split(separator: "\n") where row.hasPrefix("| `pressmark_") || row.hasPrefix("| `process_") {
        var whole = ""
        for name in row.split(separator: "|")[0].matches(of: /`([a-z_]+)`/).map({ String($0.output.1) }) {
            guard name.hasPrefix("_") else {
                listed.insert(name)
                whole = name
                continue
            }
            // `_tags` behind `pressmark_reader_up` begins as that does.
            for end in whole.indices where whole[end] == "_" { listed.insert("\(whole[..<end])\(name)") }
        }
    }
    let families = await MetricPage(desk: try TestService().desk, startedAt: TestService.start).families.map(\.name)
    #expect(families.count > 20)
    for name in families { #expect(listed.contains(name), "docs/monitoring.md does not list \(name)") }
}
