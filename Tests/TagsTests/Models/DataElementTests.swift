import Tags
import Testing

struct DataElementTests {
    @Test(arguments: DataElement.allCases)
    func `an element is named as it is spelt`(_ element: DataElement) {
        #expect(element.name == "\(element)")
        #expect(DataElement(oid: element.oid) == element)
        #expect(DataElement.name(oid: element.oid) == element.name)
    }

    @Test(arguments: [-1, 27, 31, 270])
    func `numbers above 26 are reserved`(_ oid: Int) {
        #expect(DataElement(oid: oid) == nil)
        #expect(DataElement.name(oid: oid) == "reserved")
    }

    @Test(
        arguments: [
            ("1203", 12, 3, "1203"), ("11", 1, 1, "11"), ("0302", 3, 2, "32"), ("120003", 120, 3, "120003"),
            ("00", 0, 0, "00"),
        ])
    func `a set is two numbers of one, two or three digits`(
        _ text: String,
        _ total: Int,
        _ ordinal: Int,
        _ written: String
    ) {
        let set = SetInformation(digits: text)
        #expect(set == SetInformation(total: total, ordinal: ordinal))
        #expect(set?.digits == written)
    }

    @Test(arguments: ["", "1", "123", "12345", "1234567", "12a4", "²²"])
    func `other texts are no set`(_ text: String) {
        #expect(SetInformation(digits: text) == nil)
    }

    @Test func `a set of more than 999 parts has no digits`() {
        #expect(SetInformation(total: 1000, ordinal: 1).digits == nil)
    }

    @Test func `the main class of usage is the high nibble`() {
        #expect(TypeOfUsage(rawValue: 0x81).isPatronCard)
        #expect(TypeOfUsage.circulation.meaning == "item for circulation")
        #expect(TypeOfUsage(mainClass: 7).meaning == "discarded item")
        #expect(!TypeOfUsage(rawValue: 0x18).isPatronCard)
    }

    @Test func `blocks are turned round and back`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        let turned = BlockOrder.reversed.apply(to: bytes, blockSize: 4)
        #expect(turned == [4, 3, 2, 1, 8, 7, 6, 5, 9])
        #expect(BlockOrder.reversed.apply(to: turned, blockSize: 4) == bytes)
        #expect(BlockOrder.usual.apply(to: bytes, blockSize: 4) == bytes)
        #expect(BlockOrder.reversed.apply(to: bytes, blockSize: 0) == bytes)
    }
}
