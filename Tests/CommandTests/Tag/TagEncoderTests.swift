import API
import Foundation
import Tags
import Testing
import Wire

@testable import Command

private let item = TagContent(
    primaryItemIdentifier: "1000000136",
    ownerInstitution: "DK-718500",
    setInformation: SetInformation(total: 3, ordinal: 1),
    typeOfUsage: .circulation
)

private func encode(
    _ content: TagContent,
    _ model: String = "iso28560-3",
    blocks: Int = 28,
    over bytes: [UInt8]? = nil,
    locked: Range<Int> = 0..<0,
    reallyLock: Bool = false
) throws -> TagEncoding {
    let memory = TagMemory(
        bytes: bytes ?? Array(repeating: 0, count: blocks * 4),
        blockCount: blocks,
        locked: (0..<blocks).map(locked.contains)
    )
    let model = try #require(AllModels.inOrder.first { $0.name == model })
    var encoder = TagEncoder(model: model, memory: memory, isNew: bytes == nil)
    encoder.locks = reallyLock
    return try encoder.encode(content)
}

private func complaint(_ body: () throws -> TagEncoding) -> Complaint? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? Complaint
    }
}

/// Tags from libraries' shelves with what is on them; the memory behind is zero.
private let realTags: [(model: String, blocks: Int, hex: String)] = [
    // Finland, ISO 28560-3, 1620154429 of FI-Mamk-M (kohasuomi/rfid-harava, its vendor's block 101 left out).
    ("iso28560-3", 28, "110101 31363230313534343239000000000000 C4CF 46494D616D6B2D4D0000000000"),
    // Finland, ordinal 0: one tag for the whole item (kohasuomi/rfid-harava).
    ("iso28560-3", 28, "110100 3835334E3036323430363030 00000000 3850 4649544D000000000000000000"),
    // China, nothing but an identifier, 698542 (DigitalPlatform/dp2).
    ("iso28560-2", 10, "11030AA8AE"),
]

@Suite struct TagEncoderTests {
    @Test(arguments: realTags.indices)
    func `what explain says of a real tag is encoded to the same bytes`(_ number: Int) throws {
        let real = realTags[number]
        var bytes = try Hex.bytes(real.hex)
        bytes += Array(repeating: 0, count: real.blocks * 4 - bytes.count)
        let explanation = TagExplanation(TagMemory(bytes: bytes, blockCount: real.blocks))
        #expect(explanation.tag.model == real.model)
        let order = try TagOrder(json: String(decoding: try JSON.encode(explanation), as: UTF8.self))
        let encoding = try encode(order.content, real.model, blocks: real.blocks)
        let again = TagExplanation(TagMemory(bytes: encoding.plan.result, blockCount: real.blocks))
        #expect(again.tag.primaryItemIdentifier == explanation.tag.primaryItemIdentifier)
        #expect(Hex.string(encoding.plan.result) == Hex.string(bytes))
    }

    @Test func `a new tag is written as far as it holds anything, its first bytes so that it is never another item`()
        throws
    {
        let encoding = try encode(item)
        #expect(encoding.model == "iso28560-3")
        #expect(encoding.dsfid == 0x3E)
        #expect(encoding.afi == 0x07)
        #expect(Set(encoding.plan.writes.map(\.block)).isDisjoint(with: encoding.leftAlone))
        #expect(encoding.leftAlone.suffix(19) == Array(9..<28))
        #expect(encoding.cleared.isEmpty)
        #expect(encoding.before == nil)
        let tag = LibraryTag(reading: TagMemory(bytes: encoding.plan.result, dsfid: encoding.dsfid))
        #expect(tag.isReliable)
        #expect(tag.setInformation == SetInformation(total: 3, ordinal: 1))
    }

    @Test func `the plan over a written tag leaves what is right and clears what is over`() throws {
        // A part of a set could not do without its set information meanwhile.
        var item = item
        item.setInformation = .single
        var old = item
        old.others = [17: "A title of some length"]
        let before = try encode(old, "iso28560-2")
        let after = try encode(item, "iso28560-2", over: before.plan.result)
        #expect(after.before?.primaryItemIdentifier == "1000000136")
        #expect(after.plan.interruption == .alwaysReadable)
        #expect(!after.cleared.isEmpty)
        #expect(after.plan.memory(after.over, after: after.plan.writes.count).bytes == after.plan.result)
        let same = try encode(item, "iso28560-2", over: after.plan.result)
        #expect(same.plan.writes.isEmpty)
    }

    @Test(arguments: ["iso28560-2", "iso28560-3"], ["iso28560-2", "iso28560-3"])
    func `a tag that gets another number reads as the old item, the new one or none`(
        _ from: String,
        _ to: String
    ) throws {
        let old = try encode(item, from)
        var other = item
        other.primaryItemIdentifier = "2999999245"
        let encoding = try encode(other, to, over: old.plan.result)
        #expect(!encoding.plan.writes.isEmpty)
        for count in 0...encoding.plan.writes.count {
            for dsfid in [nil, 0x00, 0x06, 0x3E] as [UInt8?] {
                var torn = encoding.plan.memory(encoding.over, after: count)
                torn.dsfid = dsfid
                let tag = LibraryTag(reading: torn)
                guard tag.isReliable else { continue }
                #expect(["1000000136", "2999999245"].contains(tag.primaryItemIdentifier))
            }
        }
    }

    @Test func `what is locked is planned only when it is really asked for`() throws {
        var content = item
        content.lockedElements = [1]
        #expect(complaint { try encode(content, "iso28560-2") } != nil)
        let encoding = try encode(content, "iso28560-2", reallyLock: true)
        #expect(!encoding.plan.blocksToLock.isEmpty)
        // The checksum of ISO 28560-3 would freeze with it.
        #expect(complaint { try encode(content, "iso28560-3", reallyLock: true) } != nil)
    }

    @Test func `a locked block that would have to change refuses the plan`() throws {
        let old = try encode(item)
        var other = item
        other.primaryItemIdentifier = "2"
        let told = complaint { try encode(other, over: old.plan.result, locked: 0..<9) }
        #expect(told?.message == "block 0: found locked, wanted writable")
        #expect(told?.isUsage == false)
    }

    @Test func `a patron card is no item's tag`() throws {
        var card = item
        card.typeOfUsage = TypeOfUsage(mainClass: 8)
        let old = try encode(card)
        let told = complaint { try encode(item, over: old.plan.result) }
        #expect(told?.message == "tag is a patron card, wanted an item")
    }

    @Test func `nothing is cut short, and the field that does not fit is named`() throws {
        var long = item
        long.primaryItemIdentifier = "12345678901234567"
        let told = complaint { try encode(long) }
        #expect(
            told?.message
                == "primaryItemIdentifier: found \"12345678901234567\", wanted at most 16 bytes of UTF-8 without control characters"
        )
        #expect(told?.hint?.isEmpty == false)
        let small = complaint { try encode(item, blocks: 4) }
        #expect(small?.message == "content: found 32 bytes, wanted at most 16")
        let readOnly = complaint { try encode(item, "fr01") }
        #expect(readOnly?.message == "model fr01: can be read but not written")
    }

    @Test func `the page tells the order of the writes and what becomes of a tag torn away`() throws {
        let encoding = try encode(TagContent(primaryItemIdentifier: "12345678"), "iso28560-2", blocks: 8)
        #expect(
            EncodingPage(encoding: encoding, palette: Palette(isOn: false)).lines == [
                "model     iso28560-2, 8 blocks of 4",
                "item      12345678",
                "over      a new tag, all zeros",
                "DSFID     06",
                "AFI       07",
                "bytes     1103BC614E" + String(repeating: "00", count: 27),
                "",
                "write  block  bytes",
                "    1      1  4E 00 00 00",
                "    2      0  11 03 BC 61",
                "",
                "left      2-7",
                "torn away no item after write 1, never another one",
            ]
        )
    }

    @Test func `as JSON an encoding has bytes, plan and both identifiers`() throws {
        var encoding = try encode(item)
        encoding.dsfid = 0x00
        encoding.afi = 0xC2
        let object = try #require(try JSONSerialization.jsonObject(with: JSON.encode(encoding)) as? [String: Any])
        #expect(object["hex"] as? String == Hex.string(encoding.plan.result))
        #expect(object["dsfid"] as? String == "00")
        #expect(object["afi"] as? String == "C2")
        #expect((object["writes"] as? [[String: Any]])?.count == encoding.plan.writes.count)
        #expect(object["before"] is NSNull)
        #expect(object["lock"] as? [Int] == [])
    }
}
