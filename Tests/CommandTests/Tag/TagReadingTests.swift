import API
import Foundation
import Tags
import Testing

@testable import Command

private func reading(memory: String, blockSize: Int = 4, locked: [Int]? = nil, problem: String? = nil) -> TagReading {
    TagReading(
        uid: "E00401503309CE74",
        chip: "ICODE SLIX",
        dsfid: 0x06,
        afi: 0x07,
        blockSize: blockSize,
        blockCount: 28,
        memory: memory,
        lockedBlocks: locked,
        model: "iso28560-2",
        barcode: nil,
        title: "Sorting and searching",
        security: "armed",
        problem: problem
    )
}

@Suite struct TagReadingTests {
    @Test func `the bytes of a reading stand in tag order with their locks`() throws {
        let memory = try #require(reading(memory: "9100051CBE99", locked: [1, 7]).tagMemory)
        #expect(memory.bytes == [0x91, 0x00, 0x05, 0x1C, 0xBE, 0x99])
        #expect(memory.locked == [false, true])
        #expect(memory.afi == 0x07)
        #expect(memory.blockCount == 28)
    }

    @Test(arguments: [("", 4), ("9", 4), ("ZZ", 4), ("91", 0), ("91", 300)])
    func `a reading that makes no sense has no memory`(_ hex: String, _ blockSize: Int) {
        #expect(reading(memory: hex, blockSize: blockSize).tagMemory == nil)
    }

    @Test func `a tag that could not be read whole says why`() {
        let tag = ReadTag(reading(memory: "", problem: "tag left the field at block 4"))
        #expect(
            tag.lines(Palette(isOn: false)) == [
                "tag E00401503309CE74 · ICODE SLIX · 28 blocks of 4 bytes",
                "title     Sorting and searching",
                "problem   tag left the field at block 4",
            ]
        )
    }

    @Test func `as JSON a reading has the keys of explain and its own`() throws {
        let data = try JSON.encode(ReadTag(reading(memory: "9100051CBE991A14")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["uid"] as? String == "E00401503309CE74")
        #expect(object["security"] as? String == "armed")
        #expect(object["model"] is String)
        #expect(object["problem"] is NSNull)
    }
}
