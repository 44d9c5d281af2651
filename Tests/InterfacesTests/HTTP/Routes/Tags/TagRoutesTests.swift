import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Interfaces

@Suite struct TagRoutesTests {
    @Test func `a tag on the pad is read whole, with its item's title`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let tags: [TagReading] = try await service.running {
            try await service.send(.get, "/v1/readers/pad-1/tags").value()
        }
        let tag = try #require(tags.first)
        #expect(tags.count == 1)
        #expect(tag.uid == "E004015000000001")
        #expect(tag.barcode == "3011")
        #expect(tag.title == "Title 1")
        #expect(tag.model == "iso28560-3")
        #expect(tag.security == "armed")
        #expect(tag.afi == 0x07)
        #expect(tag.dsfid == 0x3E)
        #expect(tag.memory.count == 28 * 4 * 2)
        #expect(tag.problem == nil)
    }

    @Test func `an item is released, read back, and secured again`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        try await service.running {
            let path = "/v1/readers/pad-1/security"
            let release = SecurityRequest(barcode: "3011", want: .released)
            let released: SecurityResult = try await service.send(.post, path, release).value()
            #expect(released.outcome == .done)
            #expect(released.parts == [SecurityResult.Part(uid: "E004015000000001", before: 0x07, after: 0xC2)])
            let again: SecurityResult = try await service.send(.post, path, release).value()
            #expect(again.outcome == .unchanged)
            let secure = SecurityRequest(barcode: "3011", want: .secured)
            let secured: SecurityResult = try await service.send(.post, path, secure).value()
            #expect(secured.outcome == .done)
            #expect(secured.parts.first?.after == 0x07)
        }
    }

    @Test func `tags follow a kiosk that lends and takes back by itself, and the journal knows why`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        try await service.running {
            let path = "/v1/readers/pad-1/security"
            let lent = SecurityRequest(barcode: "3011", want: .released, cause: .checkout)
            let released: SecurityResult = try await service.send(.post, path, lent).value()
            #expect(released.outcome == .done)
            let back = SecurityRequest(barcode: "3011", want: .secured, cause: .checkin)
            let secured: SecurityResult = try await service.send(.post, path, back).value()
            #expect(secured.outcome == .done)
            let entries: [SecurityEntry] = try await service.send(.get, "/v1/security/journal?barcode=3011").value()
            #expect(entries.map(\.cause) == ["check-in", "check-out"])
        }
    }

    @Test func `a loan cannot secure and a return cannot release`() async throws {
        let path = "/v1/readers/pad-1/security"
        for wrong in [
            SecurityRequest(barcode: "3011", want: .secured, cause: .checkout),
            SecurityRequest(barcode: "3011", want: .released, cause: .checkin),
        ] {
            let response = try await TestService().send(.post, path, wrong)
            #expect(response.status == .badRequest)
        }
    }

    @Test func `an item that is not there is refused and nothing is written`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let result: SecurityResult = try await service.running {
            let request = SecurityRequest(barcode: "3012", want: .released)
            return try await service.send(.post, "/v1/readers/pad-1/security", request).value()
        }
        #expect(result.outcome == .refused)
        #expect(result.parts.isEmpty)
        #expect(result.hint?.isEmpty == false)
    }

    @Test func `a reader that is not configured is not found`() async throws {
        let response = try await TestService().send(.get, "/v1/readers/pad-9/tags")
        #expect(response.status == .notFound)
        #expect(try response.value(Problem.self).detail == "reader pad-9: not configured, wanted one of pad-1")
    }

    @Test func `a reader's name may hold what paths cannot`() async throws {
        let response = try await TestService().send(.get, "/v1/readers/pad%2D1%20b%C3%BCcher/tags")
        #expect(try response.value(Problem.self).detail.hasPrefix("reader pad-1 bücher: not configured"))
    }

    @Test func `a reader that is not online is said to be so`() async throws {
        let response = try await TestService().send(.get, "/v1/readers/pad-1/tags")
        #expect(response.status == .serviceUnavailable)
        #expect(try response.value(Problem.self).type == "reader-offline")
    }

    @Test(arguments: ["", String(repeating: "1", count: 201)])
    func `a barcode that cannot be one is refused`(_ barcode: String) async throws {
        let request = SecurityRequest(barcode: barcode, want: .released)
        let response = try await TestService().send(.post, "/v1/readers/pad-1/security", request)
        #expect(response.status == .badRequest)
        #expect(try response.value(Problem.self).type == "invalid-request")
    }
}
