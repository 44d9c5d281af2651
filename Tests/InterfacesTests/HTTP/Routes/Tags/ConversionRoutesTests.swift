import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Interfaces

private let path = "/v1/readers/pad-1/conversions"

@Suite struct ConversionRoutesTests {
    @Test func `a stack is planned, converted and then left alone`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011"), TestService.tag("3012", serial: 2)])
        try await service.running {
            let dry = ConversionRequest(barcodes: [], target: "iso28560-2", dryRun: true)
            let planned: ConversionResult = try await service.send(.post, path, dry).value()
            #expect(planned.totals == ["planned": 2])
            #expect(planned.tags.allSatisfy { $0.blocks?.isEmpty == false && $0.interruption != nil })
            let wanted = ConversionRequest(barcodes: ["3011", "3999"], target: "iso28560-2", dryRun: false)
            let one: ConversionResult = try await service.send(.post, path, wanted).value()
            #expect(one.tags.map(\.barcode) == ["3011"])
            #expect(one.totals == ["converted": 1])
            #expect(one.missing == ["3999"])
            let all = ConversionRequest(barcodes: [], target: "iso28560-2", dryRun: false)
            let rest: ConversionResult = try await service.send(.post, path, all).value()
            #expect(rest.totals == ["unchanged": 1, "converted": 1])
            let tags: [TagReading] = try await service.send(.get, "/v1/readers/pad-1/tags").value()
            #expect(tags.map(\.model) == ["iso28560-2", "iso28560-2"])
            #expect(tags.map(\.dsfid) == [0x06, 0x06])
            #expect(tags.map(\.afi) == [0x07, 0x07])
        }
    }

    @Test func `a wrong checksum is taken when the request says so, and nothing is locked by itself`() async throws {
        let old = try TestService.tag("3011", wrongChecksum: true)
        let service = try TestService(onPad: [old])
        try await service.running {
            let strict = ConversionRequest(barcodes: [], target: "iso28560-2", dryRun: true)
            let refused: ConversionResult = try await service.send(.post, path, strict).value()
            #expect(refused.totals == ["refused": 1])
            let lenient = ConversionRequest(
                barcodes: [],
                target: "iso28560-2",
                dryRun: false,
                acceptWrongChecksums: true,
                reallyLock: true
            )
            let done: ConversionResult = try await service.send(.post, path, lenient).value()
            #expect(done.totals == ["converted": 1])
            let tags: [TagReading] = try await service.send(.get, "/v1/readers/pad-1/tags").value()
            #expect(tags.first?.lockedBlocks == [])
        }
    }

    @Test(arguments: [
        ConversionRequest(barcodes: [], target: "3m", dryRun: true),
        ConversionRequest(barcodes: [""], target: "iso28560-2", dryRun: true),
        ConversionRequest(barcodes: [String(repeating: "1", count: 201)], target: "iso28560-3", dryRun: false),
    ])
    func `what cannot be meant is refused`(_ request: ConversionRequest) async throws {
        let response = try await TestService().send(.post, path, request)
        #expect(response.status == .badRequest)
        #expect(try response.value(Problem.self).type == "invalid-request")
    }

    @Test func `a reader that is not there is not found`() async throws {
        let request = ConversionRequest(barcodes: [], target: "iso28560-2", dryRun: true)
        let response = try await TestService().send(.post, "/v1/readers/pad-9/conversions", request)
        #expect(response.status == .notFound)
    }
}
