import Tags
import Testing
import Wire

@Suite(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
struct Part3VectorTests {
    @Test func `every recorded basic block decodes to the listed fields`() throws {
        let vectors = try SharedVectors.models("iso28560-3", "iso28560-3-reversed")
        #expect(vectors.count >= 17)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == "iso28560-3", "\(vector.id)")
            let isRight = vector.fields["crcValid"] as? Bool ?? true
            #expect(tag.checksum?.isRight == isRight, "\(vector.id)")
            #expect(tag.recognition.confidence == (isRight ? .certain : .maybe), "\(vector.id)")
            #expect(tag.isReliable == (isRight && tag.primaryItemIdentifier != nil), "\(vector.id)")
            #expect(tag.ownerInstitution == vector.text("isil"), "\(vector.id)")
            let encodeInput = vector.fields["encodeInput"] as? [String: Any]
            let identifier = encodeInput?["pii"] as? String ?? vector.text("primaryItemIdentifier")
            #expect(tag.primaryItemIdentifier ?? "" == identifier, "\(vector.id)")
            if let parts = vector.number("partsInItem"), let ordinal = vector.number("ordinalPart") {
                #expect(tag.setInformation == SetInformation(total: parts, ordinal: ordinal), "\(vector.id)")
            }
            if let usage = vector.text("typeOfUsageMain"), vector.id != "p3-syn-quirk-21" {
                #expect(tag.typeOfUsage?.mainClass == UInt8(usage), "\(vector.id)")
            }
        }
    }

    @Test func `every recorded extension block decodes to the listed fields`() throws {
        var seen = 0
        for vector in try SharedVectors.models("iso28560-3") {
            let tag = LibraryTag(reading: vector.memory)
            for block in vector.fields["extensionBlocks"] as? [[String: Any]] ?? [] {
                let id = try #require(block["id"] as? Int)
                let isRight = try #require(block["xor_ok"] as? Bool)
                #expect(tag.elements.contains { $0.value == (isRight ? "id \(id)" : "checksum wrong") }, "\(vector.id)")
                for text in block["vars"] as? [String] ?? [] where !text.isEmpty {
                    #expect(tag.elements.contains { $0.value == text } == isRight, "\(vector.id) \(text)")
                }
                if let format = block["media_format"] as? Int {
                    #expect(
                        tag.element(.mediaFormat).map { tag.bytes(of: $0) } ?? [0] == [UInt8(format)],
                        "\(vector.id)"
                    )
                }
                seen += 1
            }
        }
        #expect(seen == 8)
    }

    @Test func `the listed values give the recorded bytes`() throws {
        var encoded = 0
        for vector in try SharedVectors.models("iso28560-3") where vector.encodes && vector.id != "p3-syn-filler" {
            let input = try #require(vector.fields["encodeInput"] as? [String: Any])
            var content = TagContent(LibraryTag(reading: vector.memory))
            content.primaryItemIdentifier = try #require(input["pii"] as? String)
            content.ownerInstitution = input["isil"] as? String
            if let parts = input["parts"] as? Int, let ordinal = input["ordn"] as? Int {
                content.setInformation = SetInformation(total: parts, ordinal: ordinal)
            }
            if let usage = input["usage"] as? Int { content.typeOfUsage = TypeOfUsage(mainClass: UInt8(usage)) }
            let geometry = MemoryGeometry(blockSize: 1, blockCount: vector.bytes.count)
            #expect(try Part3Model.encode(content, for: geometry) == vector.bytes, "\(vector.id)")
            encoded += 1
        }
        #expect(encoded == 9)
    }

    @Test func `the checksum is the one every implementation agrees on`() throws {
        let vector = try #require(SharedVectors.models("crc16").first)
        #expect(CRC16.basicBlock.value(try #require(vector.text("input")).utf8) == 0x1AEE)
    }
}
