import Tags
import Testing
import Wire

struct DataSetTests {
    @Test func `the fields of a padded data set with an additional byte`() throws {
        // CF 08 02 03: offset flag, 6-bit, element 15 + 8 = 23, two pad bytes, three bytes of value
        let dataSet = try DataSet(Hex.bytes("CF0802030420F10000"))
        #expect(dataSet.oid == 23)
        #expect(dataSet.compaction == .sixBit)
        #expect(dataSet.padCount == 2)
        #expect(Array(dataSet.data) == [0x04, 0x20, 0xF1])
        #expect(dataSet.byteCount == 9)
        #expect(Hex.string(dataSet.bytes) == "CF0802030420F10000")
    }

    @Test(arguments: ["", "91", "9100", "910005", "1105AABB", "1F", "1F02", "11FFFFFFFF01", "918001AA"])
    func `a cut data set is refused with the field it ends in`(_ hex: String) throws {
        let bytes = try Hex.bytes(hex)
        #expect(throws: ParseError.self) { try DataSet(bytes) }
    }

    @Test(arguments: [(1, "01"), (127, "7F"), (128, "8100"), (138, "810A"), (16383, "FF7F"), (16384, "818000")])
    func `lengths above 127 take more bytes`(_ length: Int, _ hex: String) throws {
        var writer = ByteWriter()
        DataLength.write(length, to: &writer)
        #expect(Hex.string(writer.bytes) == hex)
        var reader = ByteReader(writer.bytes)
        #expect(try DataLength.parse(from: &reader) == length)
    }

    @Test(arguments: [1, 2, 4, 8, 16, 32])
    func `padding ends a data set on a block`(_ blockSize: Int) {
        for offset in 0..<40 {
            for count in 1...40 {
                var dataSet = DataSet(oid: 22, compaction: .octets, data: Array(repeating: 0x41, count: count)[...])
                dataSet.align(startingAt: offset, toMultipleOf: blockSize)
                #expect((offset + dataSet.byteCount) % blockSize == 0)
                #expect((dataSet.padCount ?? 0) < blockSize)
            }
        }
    }

    @Test func `stretching reaches any length up to the largest pad count`() {
        let bare = DataSet(oid: 4, compaction: .integer, data: [0x04, 0xB3])
        let wanted: [(Int, Int?)] = [(4, nil), (5, 0), (6, 1), (260, 255)]
        for (length, padCount) in wanted {
            var dataSet = bare
            let reaches = dataSet.stretch(to: length)
            #expect(reaches)
            #expect(dataSet.padCount == padCount)
            #expect(dataSet.byteCount == length)
        }
        for length in [3, 261] {
            var dataSet = bare
            let reaches = dataSet.stretch(to: length)
            #expect(!reaches)
            #expect(dataSet == bare)
        }
    }

    @Test func `null bytes are skipped and the terminator ends the chain`() throws {
        let chain = DataSetChain(
            try Hex.bytes("9100051CBE991A14 8080 0201D0 140204B3 00 4607441CB6")
        )
        #expect(chain.links.map(\.oid) == [1, 2, 4])
        #expect(chain.nullBytes == 2)
        #expect(chain.ending == .terminator(at: 17))
        #expect(chain.links.last?.range.upperBound == 17)
    }

    @Test func `a chain that runs past the memory keeps what was read`() throws {
        let chain = DataSetChain(try Hex.bytes("11030AA8AE 0502AA"))
        #expect(chain.links.map(\.oid) == [1])
        #expect(
            chain.ending
                == .broken(at: 5, .truncated(field: "typeOfUsage", offset: 7, wanted: 2, found: 1))
        )
    }

    @Test(
        arguments: [
            ("D0", [3, 4, 6]), ("D002", [3, 4, 6, 17]), ("A80008", [3, 5, 7, 23]), ("0080", [11]), ("000001", [26]),
        ])
    func `a content parameter lists the elements`(_ hex: String, _ oids: [Int]) throws {
        let bytes = try Hex.bytes(hex)
        #expect(ContentParameter(parsing: bytes[...]).oids == oids)
        #expect(ContentParameter(oids).bytes == bytes)
        #expect(ContentParameter(parsing: (bytes + [0, 0])[...]) == ContentParameter(oids))
    }

    @Test func `a content parameter has no bits for the first elements`() {
        #expect(ContentParameter([0, 1, 2, 64, -1]).bytes.isEmpty)
        #expect(ContentParameter(parsing: Array(repeating: 0xFF, count: 20)[...]).oids == Array(3...63))
    }
}
