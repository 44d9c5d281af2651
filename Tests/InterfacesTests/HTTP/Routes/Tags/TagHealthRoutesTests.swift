import API
import Field
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import Store
import Tags
import Testing

@testable import Interfaces

private let uid = TagUID(0xE004_0150_0000_0001)
private let path = "/v1/tags/E004015000000001"

@Suite struct TagHealthRoutesTests {
    @Test func `a tag that lies there tells its chip, its blocks and how well it answers`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let health: TagHealth = try await service.running {
            try await waited { await service.desk.heard.entry(uid)?.looks ?? 0 >= 1 }
            return try await service.send(.get, path).value()
        }
        #expect(health.uid == "E004015000000001" && health.maker == "NXP" && health.chip == "ICODE SLIX")
        #expect(health.barcode == "3011" && health.model == "iso28560-3")
        let memory = try #require(health.memory)
        #expect(memory.blocks == 28)
        #expect(memory.blockSize == 4)
        #expect(memory.lockedBlocks == [])
        let hearing = try #require(health.hearing)
        #expect(hearing.reader == "pad-1" && hearing.there)
        #expect(hearing.looks >= 1 && hearing.answers == hearing.looks)
        #expect(health.securityWrites.tried == 0 && health.memoryWrites.tried == 0)
        #expect(health.firstSeen?.reader == "pad-1")
    }

    @Test func `what is written on the bench is counted`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let request = TagWritingRequest(barcode: "3011")
        let health: TagHealth = try await service.running {
            let written = try await service.send(.post, "/v1/readers/pad-1/tags/E004015000000001", request)
            #expect(try written.value(TagWritingResult.self).outcome == .written)
            // One that is refused is no write.
            _ = try await service.send(
                .post,
                "/v1/readers/pad-1/tags/E004015000000001",
                TagWritingRequest(barcode: "3012")
            )
            return try await service.send(.get, path).value()
        }
        #expect(health.memoryWrites.tried == 1)
        #expect(health.memoryWrites.done == 1)
        #expect(health.memoryWrites.failed == 0)
        #expect(health.memoryWrites.lastAt != nil)
        #expect(health.verdict == .good)
    }

    @Test func `a tag that was met long ago is known without lying anywhere`() async throws {
        let service = try TestService()
        let day = Duration.seconds(86_400)
        try service.desk.store.remember([
            TagRecord(uid: uid, barcode: "3011", model: "iso28560-2", readAt: TestService.start + day * -400)
        ])
        try service.desk.store.remember([
            TagRecord(uid: uid, barcode: "3011", model: "iso28560-2", readAt: TestService.start + day * -3)
        ])
        let health: TagHealth = try await service.send(.get, path).value()
        #expect(health.ageDays == 400)
        #expect(health.lastSeen?.at == Date(TestService.start + day * -3))
        #expect(health.hearing == nil && health.memory == nil && health.chip == nil)
        #expect(health.verdict == .unknown)
    }

    @Test func `a tag nobody has met is not found, and a number that is none is told`() async throws {
        let service = try TestService()
        #expect(try await service.send(.get, path).status == .notFound)
        #expect(try await service.send(.get, "/v1/tags/E0").status == .badRequest)
    }

    @Test func `a patron card is not remembered`() async throws {
        let content = TagContent(
            primaryItemIdentifier: "P0001",
            ownerInstitution: "DK-718500",
            setInformation: .single,
            typeOfUsage: TypeOfUsage(rawValue: 0x80)
        )
        let card = VirtualTag(
            uid: uid,
            chip: try #require(ChipTable.named("ICODE SLIX")),
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: 0
        )
        let service = try TestService(onPad: [card])
        let status = try await service.running {
            // By then it was looked at, and read.
            let tags: [TagReading] = try await service.send(.get, "/v1/readers/pad-1/tags").value()
            #expect(tags.count == 1)
            for _ in 0..<100 { await Task.yield() }
            return try await service.send(.get, path).status
        }
        #expect(status == .notFound)
    }
}
