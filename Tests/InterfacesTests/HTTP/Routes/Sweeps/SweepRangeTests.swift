import API
import HTTPTypes
import HummingbirdTesting
import Library
import Testing

@testable import Interfaces

/// A sweep's range is read by the switches by which the items are filed.
@Suite struct SweepRangeTests {
    private static let items = ["REF QA 76", "REF QA 77", "QA 76"].enumerated().map { number, callNumber in
        Item(barcode: "302\(number)", callNumber: callNumber, scheme: .lcc)
    }

    private static let range = SweepRequest(
        branch: nil,
        location: nil,
        from: "REF QA 76",
        to: "REF QA 77",
        scheme: nil
    )

    @Test func `a sweep of a collection expects its items alone`() async throws {
        let items = ["FIC", "JUV", "FIC"].enumerated().map { number, collection in
            Item(barcode: "302\(number)", callNumber: "QA 76", scheme: .lcc, collection: collection)
        }
        let asked = SweepRequest(branch: nil, location: nil, from: nil, to: nil, scheme: nil, collection: "FIC")
        let service = try TestService(items: items)
        let sweep: API.SweepSummary = try await service.send(.post, "/v1/sweeps", asked).value()
        #expect(sweep.expected == 2 && sweep.scope == "FIC")
    }

    @Test(arguments: [-5, 7, 40])
    func `a range is read by the site's own prefixes`(_ rank: Int) async throws {
        let order = ShelfOrderRules(prefixes: [ShelfPrefix("REF", rank: rank)])
        let service = try TestService(items: Self.items, order: order)
        let sweep: API.SweepSummary = try await service.send(.post, "/v1/sweeps", Self.range).value()
        #expect(sweep.expected == 2)
    }

    @Test func `a range of call numbers has no meaning in the library system's own order`() async throws {
        let service = try TestService(items: Self.items, order: ShelfOrderRules(trustsSystemKey: true))
        let response = try await service.send(.post, "/v1/sweeps", Self.range)
        #expect(response.status == .badRequest)
        let problem: Problem = try response.value()
        #expect(problem.detail.hasPrefix("from: found 'REF QA 76', wanted no call number"))
        let all = SweepRequest(branch: nil, location: nil, from: nil, to: nil, scheme: nil)
        let sweep: API.SweepSummary = try await service.send(.post, "/v1/sweeps", all).value()
        #expect(sweep.expected == 3)
    }
}
