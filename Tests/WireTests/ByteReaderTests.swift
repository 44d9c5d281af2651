import Testing
import Wire

struct ByteReaderTests {
    @Test func `bytes that mean nothing are passed over`() throws {
        var reader = ByteReader([0x01, 0x02, 0x03])
        try reader.skip(2, "fill")
        #expect(reader.offset == 2)
        #expect(try reader.byte("last") == 0x03)
    }

    @Test(arguments: [-1, 4, Int.max])
    func `no more is passed over than there is`(_ count: Int) {
        var reader = ByteReader([0x01, 0x02, 0x03])
        #expect(throws: ParseError.truncated(field: "fill", offset: 0, wanted: count, found: 3)) {
            try reader.skip(count, "fill")
        }
        #expect(reader.remaining == 3)
    }
}
