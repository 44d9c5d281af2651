import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import NIOCore
import Operations
import SIP2
import Testing
import Wire

@testable import Interfaces

/// A sweep of REF that has heard everything, beside an emulated library system over SIP2 that has 3010 on loan.
private struct Heard {
    let service: TestService
    let sweep: Int

    init() async throws {
        let bench = LibrarySystemBench(
            LibrarySystemRecords(
                items: [
                    "3010": .init(title: "Title 0", status: .charged, borrower: "P0001"),
                    "3011": .init(title: "Title 1"),
                ]
            )
        )
        let settings = CirculationSettings(
            place: "ils:6001",
            dialect: .koha,
            account: SIP2Account(login: .init(user: Confidential("gate"), password: .empty), institution: "MAIN"),
            connections: 1
        )
        service = try TestService(
            circulation: CirculationSetup(settings: settings) { () async throws(LinkError) -> any Link & ~Copyable in
                LibrarySystemLink(LibrarySystemTwin(manner: .koha), on: bench)
            }
        )
        let asked = SweepRequest(branch: nil, location: "REF", from: nil, to: nil, scheme: nil)
        let begun: API.SweepSummary = try await service.send(.post, "/v1/sweeps", asked).value()
        sweep = begun.id
        let response = try await service.send(
            .post,
            "/v1/sweeps/\(sweep)/sightings?name=cart",
            headers: [.contentType: "application/octet-stream"],
            bytes: ByteBuffer(string: "3010\n3011\n3012\n")
        )
        #expect(response.status == .ok)
    }

    func tell(_ request: LiveWriteBackRequest) async throws -> TestResponse {
        try await service.send(.post, "/v1/sweeps/\(sweep)/write-backs/live", request)
    }
}

@Suite struct WriteBackRoutesTests {
    @Test func `over SIP2 only picked items are checked in, each once, and each result is kept`() async throws {
        let heard = try await Heard()
        let link = try #require(heard.service.desk.circulation)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            let picked = LiveWriteBackRequest(route: "sip2", items: ["3010"])
            let dry: LiveWriteBackReport = try await heard.tell(picked).value()
            #expect(dry.dryRun && dry.next == ["3010"] && dry.notice?.contains("ends loans") == true)
            var send = picked
            send.dryRun = false
            let report: LiveWriteBackReport = try await heard.tell(send).value()
            #expect(report.done == 1 && report.remaining == 0 && report.results.map(\.state) == ["done"])
            let again: LiveWriteBackReport = try await heard.tell(send).value()
            #expect(again.results.isEmpty && again.done == 1)
            group.cancelAll()
        }
        let path = "/v1/sweeps/\(heard.sweep)/write-backs"
        let systems: [WriteBackSystem] = try await heard.service.send(.get, "\(path)/systems").value()
        #expect(systems.map(\.route) == ["sip2"] && systems.map(\.place) == ["ils:6001"])
        #expect(systems.allSatisfy { $0.wantsItems && $0.system == nil && $0.notice?.contains("ends loans") == true })
        let kept: [WriteBackLine] = try await heard.service.send(.get, path).value()
        #expect(kept.map(\.state) == ["sent", "done"] && kept.allSatisfy { $0.barcode == "3010" })
        let csv = String(buffer: try await heard.service.send(.get, "\(path)?format=csv").body)
        #expect(csv.hasPrefix("route,barcode,state,result,at") && csv.contains("sip2,3010,done,checked in,"))
        #expect(!csv.contains("P0001"))
    }

    @Test func `what cannot be told says why`() async throws {
        let heard = try await Heard()
        #expect(try await heard.tell(LiveWriteBackRequest(route: "sip2")).status == .badRequest)
        #expect(try await heard.tell(LiveWriteBackRequest(route: "folio")).status == .conflict)
        #expect(try await heard.tell(LiveWriteBackRequest(route: "evergreen")).status == .badRequest)
        #expect(try await heard.tell(LiveWriteBackRequest(route: "fax")).status == .badRequest)
        let path = "/v1/sweeps/\(heard.sweep)/write-backs"
        #expect(try await heard.service.send(.post, path, WriteBackRequest(route: "sip2")).status == .badRequest)
        #expect(try await heard.service.send(.get, "/v1/sweeps/99/write-backs").status == .notFound)
        #expect(try await heard.service.send(.get, "/v1/sweeps/99/write-backs/systems").status == .notFound)
    }

    @Test func `a list is swept wherever its items stand, and none of them is called missing`() async throws {
        let heard = try await Heard()
        let list = ItemListRequest(name: "weeding", purpose: "weeding", barcodes: ["3010", "3012", "3014", "9999"])
        #expect(try await heard.service.send(.post, "/v1/lists", list).status == .created)
        var asked = SweepRequest(branch: nil, location: nil, from: nil, to: nil, scheme: nil)
        asked.list = "weeding"
        let sweep: API.SweepSummary = try await heard.service.send(.post, "/v1/sweeps", asked).value()
        #expect(sweep.expected == 3 && sweep.scope == "a list of 4 items")
        _ = try await heard.service.send(
            .post,
            "/v1/sweeps/\(sweep.id)/sightings?name=cart",
            headers: [.contentType: "application/octet-stream"],
            bytes: ByteBuffer(string: "3010\n3011\n3014\n")
        )
        let done: API.SweepSummary = try await heard.service.send(.post, "/v1/sweeps/\(sweep.id)/finish").value()
        #expect(done.seen == 2 && done.missing == 0 && done.notSwept == 1)
        let report: API.SweepReport = try await heard.service.send(.get, "/v1/sweeps/\(sweep.id)/report").value()
        #expect(report.findings.map(\.barcode) == ["3012"])
        #expect(report.findings.first?.reason.contains("sweep its shelf") == true)
        asked.list = "nothing"
        #expect(try await heard.service.send(.post, "/v1/sweeps", asked).status == .notFound)
    }
}
