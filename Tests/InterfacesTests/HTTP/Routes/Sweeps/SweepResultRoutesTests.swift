import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Interfaces

@Suite struct SweepResultRoutesTests {
    private static let everything = SweepRequest(branch: nil, location: "REF", from: nil, to: nil, scheme: nil)
    private static let log =
        "uid,barcode,reader,at,pass,afi,antenna,signal\n"
        + (0..<5).map { "E00401000000000\($0),301\($0),wand-1,\(1_795_000_001_000 + $0 * 100),1,,," }
        .joined(separator: "\n")

    /// A finished sweep in which all but 3012 were heard.
    private func finished(_ service: TestService) async throws -> SweepSummary {
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", Self.everything).value()
        let log = Self.log.split(separator: "\n").filter { !$0.contains("3012") }.joined(separator: "\n")
        let response = try await service.upload("/v1/sweeps/\(sweep.id)/sightings?name=cart", log)
        #expect(try response.value(UploadReport.self).new == 4)
        return try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish").value()
    }

    @Test func `a log is uploaded, counted once and exported again`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", Self.everything).value()
        let path = "/v1/sweeps/\(sweep.id)/sightings?name=cart"
        let first: UploadReport = try await service.upload(path, Self.log).value()
        #expect(first.read == 5 && first.new == 5)
        let second: UploadReport = try await service.upload(path, Self.log).value()
        #expect(second.read == 5 && second.new == 0)
        let exported = try await service.send(.get, "/v1/sweeps/\(sweep.id)/sightings")
        #expect(String(buffer: exported.body) == Self.log + "\n")
        let now: SweepSummary = try await service.send(.get, "/v1/sweeps/\(sweep.id)").value()
        #expect(now.seen == 5 && now.sightings == 5)
        #expect(try await service.upload("/v1/sweeps/99/sightings", Self.log).status == .notFound)
    }

    @Test func `a sweep and its report tell how many tags were heard and never read`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", Self.everything).value()
        #expect(sweep.unreadTags == 0)
        let path = "/v1/sweeps/\(sweep.id)"
        let heard = ["A1", "A2"].map { "\nE0040100000000\($0),,wand-1,1795000002000,1,,," }.joined()
        let upload = try await service.upload("\(path)/sightings?name=cart", Self.log + heard)
        #expect(try upload.value(UploadReport.self).new == 7)
        let now: SweepSummary = try await service.send(.get, path).value()
        #expect(now.unreadTags == 2 && now.seen == 5)
        let names = Self.log.prefix { $0 != "\n" }
        let read = "\(names)\nE0040100000000A1,9999,wand-2,1795000003000,1,,,"
        let later = try await service.upload("\(path)/sightings?name=cart", read)
        #expect(try later.value(UploadReport.self).new == 1)
        let done: SweepSummary = try await service.send(.post, "\(path)/finish").value()
        let report: API.SweepReport = try await service.send(.get, "\(path)/report").value()
        #expect(done.unreadTags == 1 && report.sweep.unreadTags == 1)
    }

    @Test func `a report tells what is missing, as a page, a workbook and a spreadsheet too`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        #expect(sweep.missing == 1 && sweep.completeness?.untold == 1)
        let path = "/v1/sweeps/\(sweep.id)/report"
        let report: API.SweepReport = try await service.send(.get, path).value()
        #expect(report.findings.map(\.barcode) == ["3012"] && report.moves.isEmpty)
        #expect(report.progress.map(\.seen) == [4])
        #expect(report.sweep.strip.map(\.missing) == [0, 0, 1, 0, 0] && sweep.strip == report.sweep.strip)
        #expect(report.sweep.strip.allSatisfy { $0.misplaced == 0 })
        let page = try await service.send(.get, "\(path)?format=html")
        #expect(page.headers[.contentSecurityPolicy]?.contains("script-src") == false)
        let html = String(buffer: page.body)
        #expect(html.contains("<svg") && html.contains("3012") && !html.contains("<script"))
        let workbook = try await service.send(.get, "\(path)?format=xlsx")
        #expect(Array(workbook.body.readableBytesView.prefix(4)) == [0x50, 0x4B, 0x03, 0x04])
        #expect(
            String(buffer: try await service.send(.get, "\(path)?format=csv").body).contains("missing,problem,3012")
        )
        #expect(try await service.send(.get, "\(path)?format=pdf").status == .badRequest)
    }

    @Test func `a report is printed in the language that is asked for, or that the browser wants`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        let path = "/v1/sweeps/\(sweep.id)/report?format=html"
        let accept: HTTPFields = [.acceptLanguage: "de-AT,de;q=0.9,en;q=0.8"]
        for (query, headers, tongue) in [
            ("", [:], "en"), ("&lang=de", [:], "de"), ("", accept, "de"), ("&lang=en", accept, "en"),
        ] as [(String, HTTPFields, String)] {
            let page = try await service.send(.get, path + query, headers: headers, bytes: nil)
            #expect(page.headers[.contentLanguage] == tongue)
            #expect(page.headers[.vary] == "Accept-Language")
            #expect(String(buffer: page.body).contains("<html lang=\"\(tongue)\">"))
        }
        #expect(try await service.send(.get, path + "&lang=tlh").status == .badRequest)
        let workbook = try await service.send(.get, "/v1/sweeps/\(sweep.id)/report?format=xlsx&lang=de")
        #expect(workbook.headers[.contentLanguage] == "de")
    }

    @Test func `a replay with stricter rules tells less missing`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        let path = "/v1/sweeps/\(sweep.id)/replay"
        let strict: API.SweepReport = try await service.send(.post, path, SweepReplayRequest(passes: 2)).value()
        #expect(strict.sweep.missing == 0)
        let hidden = SweepReplayRequest(severities: ["missing": "hidden"])
        let quiet: API.SweepReport = try await service.send(.post, path, hidden).value()
        #expect(quiet.findings.isEmpty)
        let wrong = try await service.send(.post, path, SweepReplayRequest(certainty: 7))
        #expect(wrong.status == .badRequest)
        #expect(
            try await service.send(.post, path, SweepReplayRequest(severities: ["loud": "act"])).status == .badRequest
        )
    }

    @Test func `a write-back is a dry run unless it is asked for`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        let path = "/v1/sweeps/\(sweep.id)/write-backs"
        let dry: WriteBackReport = try await service.send(.post, path, WriteBackRequest(route: "koha-barcodes")).value()
        #expect(dry.dryRun && dry.written == 4 && dry.notice?.contains("clears the lost status") == true)
        #expect(dry.file == "3010\n3011\n3013\n3014\n")
        let kept: WriteBackReport =
            try await service.send(.post, path, WriteBackRequest(route: "barcodes", dryRun: false)).value()
        #expect(!kept.dryRun)
        #expect(try await service.send(.post, path, WriteBackRequest(route: "fax")).status == .badRequest)
    }

    @Test func `a status changes while the sweep runs`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", Self.everything).value()
        let change = [StatusChangeRequest(barcode: "3012", status: "on loan")]
        #expect(try await service.send(.post, "/v1/status-changes", change).status == .ok)
        let log = Self.log.split(separator: "\n").filter { !$0.contains("3012") }.joined(separator: "\n")
        _ = try await service.upload("/v1/sweeps/\(sweep.id)/sightings?name=cart", log)
        let done: SweepSummary = try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish").value()
        #expect(done.missing == 0 && done.gone == 1)
        let wrong = [StatusChangeRequest(barcode: "3012", status: "eaten")]
        #expect(try await service.send(.post, "/v1/status-changes", wrong).status == .badRequest)
    }

    @Test func `a move is ticked off`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        let mark = try await service.send(.post, "/v1/sweeps/\(sweep.id)/moves/3011", MoveMark(done: true))
        #expect(mark.status == .ok)
        #expect(try await service.send(.post, "/v1/sweeps/99/moves/3011", MoveMark(done: true)).status == .notFound)
        #expect(try await service.send(.get, "/v1/sweeps/\(sweep.id)/moves").value([Move].self).isEmpty)
    }

    @Test func `a list of items may be longer than any other request, under a key too`() async throws {
        let service = try TestService()
        let barcodes = (0..<5000).map { "3180000\(1_000_000 + $0)" }
        let asked = ItemListRequest(name: "weeding", purpose: "weeding", barcodes: barcodes)
        let bytes = ByteBuffer(bytes: try JSON.encode(asked))
        #expect(bytes.readableBytes > RequestLimits.json)
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        for headers: HTTPFields in [[.contentType: "application/json"], [.contentType: "application/json", key: "k1"]] {
            let response = try await service.send(.post, "/v1/lists", headers: headers, bytes: bytes)
            #expect(response.status == .created)
            #expect(try response.value(ItemList.self).items == 5000)
        }
        let long = try await service.send(
            .post,
            "/v1/lists",
            headers: [.contentType: "application/json"],
            bytes: ByteBuffer(repeating: 0x20, count: RequestLimits.list + 1)
        )
        #expect(long.status == .contentTooLarge)
    }

    @Test func `lists are kept, shown and taken away`() async throws {
        let service = try TestService()
        let asked = ItemListRequest(name: "holds today", purpose: "holds", barcodes: ["3011", "9999"])
        let list: ItemList = try await service.send(.post, "/v1/lists", asked).value()
        #expect(list.items == 2 && list.found == 0)
        let items: [ItemListEntry] = try await service.send(.get, "/v1/lists/holds%20today").value()
        #expect(items.map(\.callNumber) == ["QA 76", nil])
        #expect(try await service.send(.delete, "/v1/lists/holds%20today").status == .ok)
        let gone = try await service.send(.get, "/v1/lists/holds%20today")
        #expect(gone.status == .notFound)
        #expect(try gone.value(Problem.self).hint == "see pressmark sweep lists")
        let wrong = ItemListRequest(name: "x", purpose: "fun", barcodes: ["1"])
        #expect(try await service.send(.post, "/v1/lists", wrong).status == .badRequest)
        let empty = ItemListRequest(name: "x", purpose: "find", barcodes: [])
        #expect(try await service.send(.post, "/v1/lists", empty).status == .badRequest)
        let long = ItemListRequest(name: "x", purpose: "find", barcodes: ["3011", String(repeating: "3", count: 201)])
        #expect(try await service.send(.post, "/v1/lists", long).status == .badRequest)
        let piled = "e" + String(repeating: "\u{301}", count: 1000)
        let accents = ItemListRequest(name: piled, purpose: "find", barcodes: ["3011"])
        #expect(try await service.send(.post, "/v1/lists", accents).status == .badRequest)
        #expect(try await service.send(.get, "/v1/lists").value([ItemList].self).isEmpty)
    }

    @Test func `an item is found by its neighbours, and its history is told`() async throws {
        let service = try TestService()
        let sweep = try await finished(service)
        let place: FindPlace = try await service.send(.post, "/v1/find/3012").value()
        #expect(place.before.first?.barcode == "3011" && place.behind.first?.barcode == "3013")
        #expect(!place.isTagKnown && place.lastSeen == nil)
        #expect(try await service.send(.delete, "/v1/find").status == .noContent)
        let none: [ItemSeen] = try await service.send(.get, "/v1/items/3012/history").value()
        #expect(none.isEmpty)
        let seen: [ItemSeen] = try await service.send(.get, "/v1/items/3011/history").value()
        #expect(seen.map(\.sweep) == [sweep.id])
    }
}

extension TestService {
    fileprivate func upload(_ path: String, _ text: String) async throws -> TestResponse {
        try await send(
            .post,
            path,
            headers: [.contentType: "application/octet-stream"],
            bytes: ByteBuffer(string: text)
        )
    }
}
