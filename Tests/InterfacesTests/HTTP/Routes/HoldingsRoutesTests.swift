import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Store
import Tags
import Testing

@testable import Interfaces

/// Two items and a row without a barcode, as Koha's item export names its columns (specs of the Koha profile).
private let export = """
    barcode,itemcallnumber,title,homebranch,holdingbranch,location
    3020,QA 76,Sorting,MAIN,MAIN,REF
    ,QA 77,Searching,MAIN,MAIN,REF
    3021,QA 78,Counting,MAIN,MAIN,REF

    """

private func post(_ query: String, _ body: String, to service: TestService) async throws -> TestResponse {
    try await service.send(
        .post,
        "/v1/holdings/imports?\(query)",
        headers: [.contentType: "application/octet-stream"],
        bytes: ByteBuffer(string: body)
    )
}

@Suite struct HoldingsRoutesTests {
    @Test func `an export becomes the snapshot and bad rows are named by line`() async throws {
        let service = try TestService(items: [])
        let response = try await post("profile=koha&name=my%20items.csv", export, to: service)
        #expect(response.status == .ok)
        let report: ImportReport = try response.value()
        #expect(report.imported == 2)
        #expect(report.rejectedCount == 1)
        #expect(report.read == 3)
        #expect(report.rejected.map(\.line) == [3])
        #expect(report.snapshot?.source == "my items.csv")
        #expect(report.snapshot?.items == 2)
        let snapshot: SnapshotSummary = try await service.send(.get, "/v1/holdings").value()
        #expect(snapshot == report.snapshot)
    }

    @Test func `what nothing stands beside is told apart from a snapshot that is not there`() async throws {
        let service = try TestService(items: [])
        _ = try await post("profile=koha", export, to: service)
        let alone = try await service.send(.get, "/v1/holdings/difference")
        #expect(alone.status == .notFound)
        #expect(try alone.value(Problem.self).detail.contains("found none before it"))
        let absent = try await service.send(.get, "/v1/holdings/difference?from=88")
        #expect(try absent.value(Problem.self).detail == "snapshot 88: not there")
        let item = try await service.send(.get, "/v1/holdings/items/nobody")
        #expect(try item.value(Problem.self).hint?.contains("pressmark holdings show") == true)
    }

    @Test func `places are listed as a sweep wants them written`() async throws {
        let items = [
            Item(barcode: "1", homeBranch: "MAIN", location: "CART", permanentLocation: "REF", collection: "FIC"),
            Item(barcode: "2", homeBranch: "MAIN", permanentLocation: "REF", collection: "FIC", status: .onLoan),
            Item(barcode: "3", holdingBranch: "EAST", location: "STACKS"), Item(barcode: "4"),
        ]
        let service = try TestService(items: items)
        let places: [PlaceSummary] = try await service.send(.get, "/v1/holdings/places").value()
        #expect(
            places == [
                PlaceSummary(branch: nil, location: nil, collection: nil, items: 1),
                PlaceSummary(branch: "EAST", location: "STACKS", collection: nil, items: 1),
                PlaceSummary(branch: "MAIN", location: "REF", collection: "FIC", items: 2),
            ]
        )
        let none: [PlaceSummary] = try await TestService(items: []).send(.get, "/v1/holdings/places").value()
        #expect(none.isEmpty)
    }

    @Test func `a dry run keeps nothing`() async throws {
        let service = try TestService(items: [])
        let report: ImportReport = try await post("profile=koha&ending=dry-run", export, to: service).value()
        #expect(report.dryRun)
        #expect(report.imported == 2)
        #expect(report.snapshot == nil)
        #expect(try await service.send(.get, "/v1/holdings").status == .notFound)
    }

    @Test(arguments: [
        ("", "colour,size\nred,5\n", 422, "unknown-profile"), ("ending=never", export, 400, "invalid-request"),
        ("scheme=abc", export, 400, "invalid-request"), ("profile=abacus", export, 400, "unknown-profile"),
        ("profile=koha", "", 422, "wrong-format"),
        ("profile=koha", "colour,size\nred,5\n", 422, "wrong-format"),
        ("profile=koha", "barcode,title\n,Sorting\n", 422, "nothing-understood"),
    ])
    func `an export that cannot be used is refused and the snapshot stays`(
        _ query: String,
        _ body: String,
        _ status: Int,
        _ type: String
    ) async throws {
        let service = try TestService()
        let response = try await post(query, body, to: service)
        #expect(response.status.code == status)
        #expect(try response.value(Problem.self).type == type)
        #expect(try await service.send(.get, "/v1/holdings").value(SnapshotSummary.self).items == 5)
    }

    @Test func `a preview waits, tells what it understood and can be accepted`() async throws {
        let service = try TestService(items: [])
        let report: ImportReport = try await post("ending=preview&name=x.csv", export, to: service).value()
        #expect(report.profile == "koha")
        #expect(report.guessedBy != nil)
        #expect(report.columns.contains(ColumnMeaning(name: "itemcallnumber", field: "call-number")))
        #expect(report.first.map(\.barcode) == ["3020", "3021"])
        let number = try #require(report.snapshot?.number)
        #expect(try await service.send(.get, "/v1/holdings").status == .notFound)
        let rows = try await service.send(.get, "/v1/holdings/snapshots/\(number)/rejections")
        #expect(
            String(buffer: rows.body) == "line,cause,row\r\n3,found no barcode,\",QA 77,Searching,MAIN,MAIN,REF\"\r\n"
        )
        let accepted: SnapshotSummary = try await service.send(
            .post,
            "/v1/holdings/snapshots/\(number)/accept",
            AcceptRequest()
        ).value()
        #expect(accepted.state == .current)
        #expect(try await service.send(.get, "/v1/holdings").value(SnapshotSummary.self).number == number)
    }

    @Test func `a preview can be discarded, but never the snapshot in use`() async throws {
        let service = try TestService()
        let report: ImportReport = try await post("ending=preview", export, to: service).value()
        let number = try #require(report.snapshot?.number)
        #expect(try await service.send(.delete, "/v1/holdings/snapshots/1").status == .notFound)
        #expect(try await service.send(.delete, "/v1/holdings/snapshots/\(number)").status == .noContent)
        #expect(try await service.send(.delete, "/v1/holdings/snapshots/\(number)").status == .notFound)
        #expect(try await service.send(.delete, "/v1/holdings/snapshots/x").status == .badRequest)
        #expect(try await service.send(.get, "/v1/holdings").value(SnapshotSummary.self).items == 5)
    }

    @Test func `an import that loses items is refused with the number it waits under`() async throws {
        let service = try TestService()
        let refused = try await post("profile=koha", export, to: service)
        #expect(refused.status == .conflict)
        let problem: Problem = try refused.value()
        #expect(problem.type == "import-shrinks")
        #expect(problem.detail.contains("5 of the 5 items"))
        #expect(problem.hint?.contains("accept 2 --accept-shrink") == true)
        #expect(try await post("profile=koha&accept-shrink=true", export, to: service).status == .ok)
    }

    @Test func `snapshots are listed, compared and returned to`() async throws {
        let service = try TestService()
        _ = try await post("profile=koha&accept-shrink=true", export, to: service)
        let all: [SnapshotSummary] = try await service.send(.get, "/v1/holdings/snapshots").value()
        #expect(all.map(\.number) == [2, 1])
        #expect(all.map(\.state) == [.current, .kept])
        let comparison: HoldingsComparison = try await service.send(.get, "/v1/holdings/difference").value()
        #expect(comparison.from == 1 && comparison.to == 2)
        #expect(comparison.counts == ["added": 2, "removed": 5])
        #expect(comparison.changes.first?.before?.barcode == "3010")
        #expect(try await service.send(.get, "/v1/holdings/difference?from=7").status == .notFound)
        let back: SnapshotSummary = try await service.send(.post, "/v1/holdings/snapshots/1/revert").value()
        #expect(back.number == 1)
        #expect(try await service.send(.post, "/v1/holdings/snapshots/9/revert").status == .notFound)
    }

    @Test func `an item is looked up by barcode, and by a tag that was read`() async throws {
        let service = try TestService()
        try service.desk.store.remember([
            TagRecord(
                uid: TagUID(0xE004_0150_0000_0001),
                barcode: "3012",
                model: "iso28560-3",
                readAt: TestService.start
            )
        ])
        let known: ItemKnowledge = try await service.send(.get, "/v1/holdings/items/3012").value()
        #expect(known.item?.callNumber == "QA 76.5")
        #expect(known.filed)
        #expect(known.tags.map(\.uid) == ["E004015000000001"])
        #expect(
            try await service.send(.get, "/v1/holdings/items?uid=E004015000000001").value(ItemKnowledge.self) == known
        )
        #expect(try await service.send(.get, "/v1/holdings/items/nobody").status == .notFound)
        #expect(try await service.send(.get, "/v1/holdings/items?uid=E0").status == .badRequest)
        #expect(try await service.send(.get, "/v1/holdings/imports/current").status == .notFound)
    }

    @Test func `columns named in the request are read`() async throws {
        let service = try TestService(items: [])
        let report: ImportReport = try await post(
            "profile=csv&column.barcode=Item%20No&column.call-number=Shelf",
            "Item No;Shelf\n7;QA 7\n",
            to: service
        ).value()
        #expect(report.first.first?.callNumber == "QA 7")
    }

    @Test func `a body is cut off at its limit`() async throws {
        let pieces = ["1234", "5678", "9"].map { ByteBuffer(string: $0) }
        let stream = AsyncStream<ByteBuffer> { stream in
            for piece in pieces { stream.yield(piece) }
            stream.finish()
        }
        var taken = ""
        let problem = await #expect(throws: Problem.self) {
            for try await piece in BoundedBody(RequestBody(asyncSequence: stream), limit: 8) {
                taken += String(decoding: piece, as: UTF8.self)
            }
        }
        #expect(taken == "12345678")
        #expect(problem?.status == 413)
    }
}
