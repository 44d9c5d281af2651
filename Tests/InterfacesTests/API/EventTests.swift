import API
import Foundation
import Testing

private let reader = ReaderStatus(
    name: "pad-1",
    role: "pad",
    driver: "feig",
    model: nil,
    firmware: nil,
    link: "serial /dev/ttyUSB0",
    state: .online,
    cause: nil,
    hint: nil,
    lastSeen: Date(timeIntervalSince1970: 1_795_000_000),
    tagsPresent: 2
)
private let result = SecurityResult(
    barcode: "3012",
    want: .released,
    outcome: .done,
    reason: "read back",
    hint: nil,
    parts: [SecurityResult.Part(uid: "E00401503309CE74", before: 0x07, after: 0xC2)]
)
private let finding = Finding(
    id: "a",
    kind: "missing",
    severity: "notice",
    barcode: "3012",
    uid: nil,
    title: "Sorting",
    callNumber: "QA 76",
    reason: "not heard in 2 passes",
    advice: "look for it",
    lastSeen: nil,
    reader: nil
)
private let alarm = Alarm(
    id: 9,
    at: Date(timeIntervalSince1970: 1_795_000_000),
    gate: "gate-1",
    items: [
        AlarmItem(
            reason: "not on loan",
            evidence: "AFI 07",
            advice: "take it to the desk",
            uid: "E00401503309CE74",
            barcode: nil,
            title: nil,
            callNumber: nil
        )
    ]
)
private let pad = PadContent(
    reader: "pad-1",
    tags: [.init(uid: "E00401503309CE74", model: "iso28560-3", barcode: "3012", title: "Sorting", security: "armed")],
    cards: 1,
    count: 2
)
private let sweep = SweepSummary(
    id: 7,
    state: .running,
    scope: "REF",
    startedAt: Date(timeIntervalSince1970: 1_795_000_000),
    finishedAt: nil,
    snapshot: 3,
    expected: 10,
    seen: 4,
    others: 0,
    sightings: 12,
    findings: ["missing": 1],
    strip: [SweepSummary.Stretch(from: "QA 76", expected: 10, seen: 4)]
)

@Suite struct EventTests {
    @Test(
        arguments: [
            .reader(reader), .security(result), .finding(finding), .alarm(alarm), .sweep(sweep),
            .divergences(DivergenceNote(open: 3)), .pad(pad),
        ] as [Event]
    )
    func `an event comes back from its name and its data`(_ event: Event) throws {
        #expect(try Event(name: event.name, data: JSON.encode(event)) == event)
    }

    @Test func `the data of an event is its value alone`() throws {
        let object = try JSONSerialization.jsonObject(with: JSON.encode(Event.reader(reader))) as? [String: Any]
        #expect(object?["name"] as? String == "pad-1")
        #expect(object?["lastSeen"] as? String == "2026-11-18T11:06:40Z")
    }

    @Test func `a sweep of a daemon that does not tell of unread tags is taken all the same`() throws {
        let object = try JSONSerialization.jsonObject(with: JSON.encode(sweep)) as? [String: Any]
        #expect(object?["unreadTags"] == nil)
        var told = sweep
        told.unreadTags = 37
        let again = try JSON.decode(SweepSummary.self, from: JSON.encode(told))
        #expect(again.unreadTags == 37)
        #expect(try JSON.decode(SweepSummary.self, from: JSON.encode(sweep)).unreadTags == nil)
    }

    @Test func `an event of a newer daemon is passed over`() throws {
        #expect(try Event(name: "weather", data: Data("{}".utf8)) == nil)
    }

    @Test(arguments: Event.kinds.map(\.name))
    func `an event of the list is known by its name`(_ name: String) {
        // What it says needs more than nothing, but for what it is about nothing is passed over.
        #expect(throws: DecodingError.self) { try Event(name: name, data: Data("{}".utf8)) }
    }

    @Test(
        arguments: [.reader(reader), .pad(pad), .sweep(sweep), .finding(finding), .alarm(alarm), .security(result)]
            as [Event]
    )
    func `an event stands in the list`(_ event: Event) {
        #expect(Event.kinds.contains { $0.name == event.name })
    }

    @Test func `data that does not fit its name is refused`() {
        #expect(throws: DecodingError.self) { try Event(name: "alarm", data: Data("{}".utf8)) }
    }
}
