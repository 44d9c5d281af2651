import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Operations
import Tags
import Testing

@testable import Interfaces

@Suite struct EventRoutesTests {
    @Test func `who asks for the head of the stream alone is no listener`() async throws {
        let feed = EventFeed(epoch: "a")
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        EventRoutes(feed: feed, access: try TestService().desk.access).add(to: router)
        try await Application(router: router).test(.router) { client in
            let response = try await client.execute(uri: "/v1/events", method: .head)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
        }
        #expect(await feed.count == 0)
    }

    @Test func `an alarm goes out with titles, and without them when the holdings cannot be read`() throws {
        let item = GateAlarmItem(
            uid: TagUID(0xE004_0150_0000_0001),
            barcode: "3011",
            afi: 0x07,
            reason: .notOnLoan,
            evidence: "AFI 07"
        )
        let record = GateAlarmRecord(id: 4, alarm: GateAlarm(gate: "gate-1", at: TestService.start, items: [item]))
        let desk = try TestService().desk
        guard case .alarm(let named) = Event(.alarm(record), items: { try desk.items($0) }),
            case .alarm(let bare) = Event(.alarm(record), items: { _ in throw CancellationError() })
        else {
            Issue.record("an alarm is no alarm any more")
            return
        }
        #expect(named.items.map(\.title) == ["Title 1"])
        #expect(bare.items.map(\.title) == [nil])
        #expect(bare.items.map(\.barcode) == ["3011"])
    }

    @Test func `what lies on a pad goes out with titles, states and no more`() throws {
        let tags = [
            PadReport.Tag(uid: TagUID(0xE004_0150_0000_0001), barcode: "3011", model: "iso28560-3", security: .armed),
            PadReport.Tag(uid: TagUID(0xE004_0150_0000_0002), barcode: nil, model: nil, security: .unread),
        ]
        let desk = try TestService().desk
        let report = PadReport(reader: "pad-1", tags: tags, cards: 1, count: 3)
        guard case .pad(let content) = Event(.pad(report), items: { try desk.items($0) }) else {
            Issue.record("a pad is no pad any more")
            return
        }
        #expect((content.reader, content.cards, content.count) == ("pad-1", 1, 3))
        #expect(content.tags.map(\.title) == ["Title 1", nil])
        #expect(content.tags.map(\.security) == ["armed", "unreadable"])
        #expect(content.tags.map(\.model) == ["iso28560-3", "unread"])
    }

    @Test func `a station's trouble comes with cause and remedy`() {
        let report = StationReport(
            name: "wand-1",
            role: .wand,
            driver: "feig",
            place: "serial /dev/ttyUSB0",
            state: .offline(cause: "no such device", hint: "plug it in"),
            lastAnswer: nil,
            tagsPresent: 0
        )
        guard case .reader(let status) = Event(.station(report), items: { _ in [:] }) else {
            Issue.record("a reader is no reader any more")
            return
        }
        #expect(status.state == .offline)
        #expect(status.cause == "no such device")
        #expect(status.hint == "plug it in")
        #expect(status.role == "wand")
    }
}
