import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
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

    @Test func `a dry run keeps nothing`() async throws {
        let service = try TestService(items: [])
        let report: ImportReport = try await post("profile=koha&dry-run=true", export, to: service).value()
        #expect(report.dryRun)
        #expect(report.imported == 2)
        #expect(report.snapshot == nil)
        #expect(try await service.send(.get, "/v1/holdings").status == .notFound)
    }

    @Test(arguments: [
        ("", export, 400, "invalid-request"), ("profile=abacus", export, 400, "unknown-profile"),
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
