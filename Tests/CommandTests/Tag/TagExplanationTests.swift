import API
import Foundation
import Tags
import Testing
import Wire

@testable import Command

@Suite struct TagExplanationTests {
    private func object(_ explanation: TagExplanation) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: JSON.encode(explanation))
        return try #require(object as? [String: Any])
    }

    @Test func `a tag is told in the fixed keys`() throws {
        let object = try object(.annexD)
        #expect(object["model"] as? String == "iso28560-2")
        #expect(object["confidence"] as? String == "certain")
        #expect(object["reason"] as? String == "chain of 5 elements parses to its end")
        #expect(object["primaryItemIdentifier"] as? String == "123456789012")
        #expect(object["ownerInstitution"] as? String == "US-InU-Mu")
        #expect(object["setInformation"] as? [String: Int] == ["total": 12, "ordinal": 3])
        #expect(object["security"] as? String == "armed")
        #expect(object["problems"] as? [String] == [])
    }

    @Test func `an element carries where it stands and what it says`() throws {
        let elements = try #require(try object(.annexD)["elements"] as? [[String: Any]])
        try #require(elements.count == 5)
        let shelf = elements[3]
        #expect(shelf["oid"] as? Int == 6)
        #expect(shelf["name"] as? String == "shelfLocation")
        #expect(shelf["value"] as? String == "QA268.L55")
        #expect(shelf["raw"] as? String == "441CB6E2E335D6")
        #expect(shelf["offset"] as? Int == 15)
        #expect(shelf["length"] as? Int == 9)
        #expect(shelf["locked"] as? Bool == false)
    }

    @Test func `a field that is no element is told by its name`() throws {
        var explanation = TagExplanation.annexD
        explanation.tag.elements = [
            TagElement(oid: nil, name: "country", value: "DE", valueRange: 21..<23, offset: 21, length: 2)
        ]
        let elements = try #require(try object(explanation)["elements"] as? [[String: Any]])
        try #require(!elements.isEmpty)
        #expect(elements[0]["field"] as? String == "country")
        #expect(elements[0]["oid"] == nil)
        #expect(elements[0]["locked"] is NSNull)
    }

    @Test(arguments: [
        "primaryItemIdentifier", "ownerInstitution", "setInformation", "typeOfUsage", "checksum", "afi", "dsfid",
    ])
    func `what is not known is null, not missing`(_ key: String) throws {
        #expect(try object(.blank)[key] is NSNull)
    }

    @Test func `a checksum is told stored and computed, as its bytes stand in memory`() throws {
        var explanation = TagExplanation.annexD
        explanation.tag.checksum = TagChecksum(
            kind: "crc16",
            stored: 0xCFC4,
            computed: 0xEE1A,
            isLowByteFirst: true
        )
        let checksum = try #require(try object(explanation)["checksum"] as? [String: Any])
        #expect(checksum["kind"] as? String == "crc16")
        #expect(checksum["stored"] as? String == "C4CF")
        #expect(checksum["computed"] as? String == "1AEE")
        #expect(checksum["ok"] as? Bool == false)
    }

    @Test func `the checksum of a UHF tag stands high byte first`() throws {
        // p4-real-nlc: memory bank 01 as it was read.
        let explanation = try TagExplanation(
            identifierBank: Hex.bytes("A3623D07150CC6B7C697ADB45964B3CFC1C1"),
            userBank: []
        )
        let checksum = try #require(try object(explanation)["checksum"] as? [String: Any])
        #expect(checksum["stored"] as? String == "A362")
        #expect(checksum["computed"] as? String == "A362")
    }

    @Test func `blank and raw tags are no library tags`() {
        #expect(TagExplanation.annexD.isLibraryTag)
        #expect(!TagExplanation.blank.isLibraryTag)
        var raw = TagExplanation.annexD
        raw.tag.model = "raw"
        #expect(!raw.isLibraryTag)
    }
}
