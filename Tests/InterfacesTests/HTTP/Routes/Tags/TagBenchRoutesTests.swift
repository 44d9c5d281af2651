import API
import Field
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Tags
import Testing

@testable import Interfaces

private let path = "/v1/readers/pad-1/tags/E004015000000001"

/// A tag as it comes from its maker.
private func blank() throws -> VirtualTag {
    VirtualTag(
        uid: TagUID(0xE004_0150_0000_0001),
        chip: try #require(ChipTable.named("ICODE SLIX")),
        content: [],
        dsfid: 0,
        afi: 0
    )
}

@Suite struct TagBenchRoutesTests {
    @Test func `a tag is explained with the bytes of each field`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let explained: ExplainedTag = try await service.running { try await service.send(.get, path).value() }
        #expect(explained.tag.barcode == "3011")
        #expect(explained.tag.title == "Title 1")
        #expect(explained.tag.model == "iso28560-3")
        #expect(explained.confidence == .certain)
        #expect(!explained.reason.isEmpty)
        #expect(explained.maker == "NXP")
        #expect(explained.chip?.name == "ICODE SLIX")
        #expect(explained.eas == false)
        #expect(explained.owner == "DK-718500")
        #expect(explained.parts == 1 && explained.part == 1)
        #expect(explained.usage == "10")
        let barcode = try #require(explained.elements.first { $0.name == "primaryItemIdentifier" })
        #expect(barcode.value == "3011")
        #expect(barcode.raw == "33303131")
        // Each field stands within the memory.
        for element in explained.elements {
            #expect(element.offset >= 0 && element.length > 0, "\(element.name)")
            #expect(element.offset + element.length <= explained.tag.memory.count / 2, "\(element.name)")
        }
        let checksum = try #require(explained.checksum)
        #expect(checksum.stored == checksum.computed)
    }

    @Test func `a wrong checksum is no good read, and said so`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011", wrongChecksum: true)])
        let explained: ExplainedTag = try await service.running { try await service.send(.get, path).value() }
        #expect(explained.confidence != .certain)
        let checksum = try #require(explained.checksum)
        #expect(checksum.stored != checksum.computed)
    }

    @Test func `of a patron card nothing is shown`() async throws {
        let content = TagContent(
            primaryItemIdentifier: "P0001",
            ownerInstitution: "DK-718500",
            setInformation: .single,
            typeOfUsage: TypeOfUsage(mainClass: 8)
        )
        var card = try blank()
        card = VirtualTag(
            uid: card.uid,
            chip: card.chip,
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: 0
        )
        let service = try TestService(onPad: [card])
        try await service.running {
            let response = try await service.send(.get, path)
            #expect(!String(buffer: response.body).contains("P0001"))
            let explained: ExplainedTag = try response.value()
            #expect(explained.elements.isEmpty)
            #expect(explained.tag.memory.isEmpty)
        }
    }

    @Test func `a tag that is not there is not found, and a UID that is none is refused`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        try await service.running {
            let gone = try await service.send(.get, "/v1/readers/pad-1/tags/E004015000000009")
            #expect(gone.status == .notFound)
            let wrong = try await service.send(.get, "/v1/readers/pad-1/tags/E0")
            #expect(wrong.status == .badRequest)
            #expect(try wrong.value(Problem.self).detail == "uid: found 'E0', wanted 16 hexadecimal digits")
        }
    }

    @Test func `a blank tag is written by the site's profile, read back and armed`() async throws {
        let service = try TestService(onPad: [try blank()])
        try await service.running {
            let request = TagWritingRequest(barcode: "3012", parts: 2, part: 1)
            let written: TagWritingResult = try await service.send(.post, path, request).value()
            #expect(written.outcome == .written, "\(written.reason)")
            let explained: ExplainedTag = try await service.send(.get, path).value()
            #expect(explained.tag.barcode == "3012")
            #expect(explained.tag.security == "armed")
            #expect(explained.parts == 2 && explained.part == 1)
            #expect(explained.tag.lockedBlocks == [])
            // Again, for an item on loan.
            let released = TagWritingRequest(barcode: "3012", want: .released)
            let again: TagWritingResult = try await service.send(.post, path, released).value()
            #expect(again.outcome == .written, "\(again.reason)")
            let after: ExplainedTag = try await service.send(.get, path).value()
            #expect(after.tag.security == "disarmed")
        }
    }

    @Test func `a tag of another item is never written over`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        try await service.running {
            let before: ExplainedTag = try await service.send(.get, path).value()
            let result: TagWritingResult =
                try await service.send(.post, path, TagWritingRequest(barcode: "3012")).value()
            #expect(result.outcome == .refused)
            #expect(result.reason.contains("3011"))
            let after: ExplainedTag = try await service.send(.get, path).value()
            #expect(after.tag.memory == before.tag.memory)
        }
    }

    @Test func `a barcode that the holdings do not know is written only when somebody says so`() async throws {
        let service = try TestService(onPad: [try blank()])
        try await service.running {
            let response = try await service.send(.post, path, TagWritingRequest(barcode: "9999"))
            #expect(response.status == .conflict)
            #expect(try response.value(Problem.self).type == "unknown-item")
            let sure = TagWritingRequest(barcode: "9999", acceptUnknown: true)
            let written: TagWritingResult = try await service.send(.post, path, sure).value()
            #expect(written.outcome == .written, "\(written.reason)")
        }
    }

    @Test(arguments: [
        TagWritingRequest(barcode: ""),
        TagWritingRequest(barcode: "3011", parts: 0),
        TagWritingRequest(barcode: "3011", parts: 2, part: 3),
    ])
    func `what cannot be meant is refused`(_ request: TagWritingRequest) async throws {
        let response = try await TestService().send(.post, path, request)
        #expect(response.status == .badRequest)
        #expect(try response.value(Problem.self).type == "invalid-request")
    }
}
