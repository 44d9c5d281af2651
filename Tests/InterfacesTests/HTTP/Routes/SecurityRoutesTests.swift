import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import Store
import Tags
import Testing

@testable import Interfaces

private func intent(_ barcode: String, _ uid: TagUID, cause: SecurityCause = .checkout) -> SecurityIntent {
    SecurityIntent(
        barcode: barcode,
        changes: [SecurityChange(uid: uid, before: .afi(0x07), wanted: .afi(0xC2))],
        wanted: .disarmed,
        cause: cause,
        reader: "pad-1",
        at: TestService.start
    )
}

@Suite struct SecurityRoutesTests {
    @Test func `the table is the site's, with every pair and the rules in force at its gates`() async throws {
        let service = try TestService()
        let table: TruthTable = try await service.send(.get, "/v1/security/table").value()
        #expect(table.rows.count == TagsSay.allCases.count * ItemStanding.allCases.count)
        #expect(table.site?.armed == [0x07] && table.site?.released == [0xC2] && table.site?.repairs == ["pad"])
        let row = try #require(table.rows.first { $0.tags == "disarmed" && $0.item == "in library" })
        #expect(row.pad == "arm" && row.gate == "log" && row.right == "armed" && !row.isSiteRule)
        var rules = await service.desk.gate.keeper.rules
        rules.responses[.disarmedInLibrary] = .alarm
        await service.desk.gate.keeper.follow(rules)
        let changed: TruthTable = try await service.send(.get, "/v1/security/table").value()
        let strict = try #require(changed.rows.first { $0.tags == "disarmed" && $0.item == "in library" })
        #expect(strict.gate == "alarm" && strict.isSiteRule)
    }

    @Test func `the journal tells item, cause, device and result, the newest first`() async throws {
        let service = try TestService()
        let uid = TagUID(0xE004_0150_0000_0001)
        let first = try service.desk.store.record(intent("3010", uid))
        let result = SecurityResult(outcome: .done, reason: "read back", readBack: [uid: .afi(0xC2)])
        try service.desk.store.record(result, of: first, at: TestService.start)
        _ = try service.desk.store.record(intent("3011", TagUID(0xE004_0150_0000_0002)), isAgreed: false)
        let entries: [SecurityEntry] = try await service.send(.get, "/v1/security/journal").value()
        try #require(entries.map(\.barcode) == ["3011", "3010"])
        #expect(entries[0].outcome == nil && !entries[0].isAgreed && entries[0].settledAt == nil)
        #expect(entries[1].outcome == "done" && entries[1].cause == "check-out" && entries[1].device == "pad-1")
        #expect(entries[1].parts == [.init(uid: "E004015000000001", before: 0x07, after: 0xC2)])
        let one: [SecurityEntry] = try await service.send(.get, "/v1/security/journal?barcode=3010&limit=5").value()
        #expect(one.map(\.id) == [first])
        #expect(try await service.send(.get, "/v1/security/journal?limit=0").status == .badRequest)
    }

    @Test func `what is open is told by cause and device, with what was put right`() async throws {
        let service = try TestService()
        _ = try service.desk.store.record(intent("3010", TagUID(0xE004_0150_0000_0001)))
        for serial in 2...3 {
            try service.desk.store.note(
                Library.Divergence(
                    uid: TagUID(0xE004_0150_0000_0000 | UInt64(serial)),
                    barcode: "301\(serial)",
                    tags: .disarmed,
                    item: .inLibrary,
                    wanted: .armed,
                    reader: "wand-1",
                    first: TestService.start,
                    last: TestService.start
                )
            )
        }
        let report: DivergenceReport = try await service.send(.get, "/v1/security/divergence").value()
        #expect(
            report.groups == [
                .init(cause: "disarmed, item in library", device: "wand-1", count: 2),
                .init(cause: "check-out", device: "pad-1", count: 1),
            ]
        )
        #expect(report.wrongBits.map(\.title) == ["Title 2", "Title 3"] && report.changes.map(\.barcode) == ["3010"])
        let status: Status = try await service.send(.get, "/v1/status").value()
        #expect(status.wrongSecurityBits == 2 && status.openSecurityChanges == 1)
    }

    @Test func `what lies on a pad is put right, and of the rest it is said why not`() async throws {
        // Lent by fresh holdings, and its tag is still armed; another was never heard; a third nobody knows.
        var items = TestService.shelf
        items[1].status = .onLoan
        let service = try TestService(items: items, onPad: [try TestService.tag("3011", serial: 9)], repairs: [])
        let uid = TagUID(0xE004_0150_0000_0009)
        let repairs: [SecurityRepair] = try await service.running {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await service.desk.security.run(on: service.desk.stations) }
                defer { group.cancelAll() }
                try await waited { try service.desk.security.divergenceCount() > 0 }
                let request = SecurityRepairRequest(items: ["3011", "3012", "9999"])
                return try await service.send(.post, "/v1/security/repair", request).value()
            }
        }
        try #require(repairs.map(\.outcome) == [.repaired, .waits, .waits], "\(repairs)")
        #expect(repairs[0].device == "pad-1" && repairs[0].reason.contains("read back"))
        #expect(repairs[1].hint == "lay it on a pad")
        let entry = try #require(try service.desk.store.lastChange(of: "3011"))
        #expect(entry.intent.cause == .repair && entry.lastResult?.readBack == [uid: .afi(0xC2)])
        let report: DivergenceReport = try await service.send(.get, "/v1/security/divergence").value()
        #expect(report.groups.isEmpty && report.repaired == 1)
    }

    @Test func `a repair of nothing open answers with nothing, and odd requests are refused`() async throws {
        let service = try TestService()
        let none: [SecurityRepair] = try await service.send(.post, "/v1/security/repair", SecurityRepairRequest())
            .value()
        #expect(none.isEmpty)
        let unknown = try await service.send(.post, "/v1/security/repair", SecurityRepairRequest(reader: "pad-9"))
        #expect(unknown.status == .notFound)
        let empty = try await service.send(.post, "/v1/security/repair", SecurityRepairRequest(items: [""]))
        #expect(empty.status == .badRequest)
        let all = try await service.send(.post, "/v1/security/repair", SecurityRepairRequest(items: []))
        #expect(all.status == .badRequest)
    }
}
