package import Wire

/// A command as cards and readers of the PC/SC kind take it, and its answer (ISO 7816-4, short form).
///
///     class  instruction  P1 P2  [Lc data…]  [Le]
package struct CardCommand: Hashable, Sendable {
    /// INS, the second byte: CA asks for the UID, B0 reads, D6 writes, C2 belongs to the transparent session.
    package var instruction: UInt8
    /// P1: high byte of an address, or the block number on readers that follow Microsoft's driver.
    package var first: UInt8
    /// P2: low byte of an address, where PC/SC has the block number.
    package var second: UInt8
    /// At most 255 bytes.
    package var data: [UInt8]
    /// How many bytes may come back; 0 means 256, `nil` none.
    package var expected: UInt8?

    /// The class of all commands that contactless readers answer themselves (PC/SC part 3).
    private static let group: UInt8 = 0xFF

    package init(_ instruction: UInt8, _ first: UInt8, _ second: UInt8, _ data: [UInt8] = [], expected: UInt8? = nil) {
        self.instruction = instruction
        self.first = first
        self.second = second
        self.data = data
        self.expected = expected
    }
}

extension CardCommand: ByteParsable, ByteWritable {
    /// Throws on any class but FF and when Lc promises more bytes than there are; a lone byte behind P2 is Le.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let group = try reader.byte("class")
        guard group == Self.group else {
            throw .invalid(field: "class", offset: 0, found: Hex.string(group), wanted: "FF")
        }
        instruction = try reader.byte("instruction")
        first = try reader.byte("P1")
        second = try reader.byte("P2")
        data = []
        guard reader.remaining > 1 else {
            expected = reader.isAtEnd ? nil : try reader.byte("Le")
            return
        }
        data = Array(try reader.bytes(Int(try reader.byte("Lc")), "data"))
        expected = reader.isAtEnd ? nil : try reader.byte("Le")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes([Self.group, instruction, first, second])
        if !data.isEmpty {
            writer.byte(UInt8(clamping: data.count))
            writer.bytes(data)
        }
        if let expected { writer.byte(expected) }
    }
}

/// What came back: data and the two status bytes at the end.
package struct CardAnswer: ByteParsable, ByteWritable, Hashable, Sendable {
    /// Everything in front of the last two bytes.
    package var data: [UInt8]
    /// SW1 and SW2, most significant byte first: 9000 when all went well.
    package var status: UInt16

    package init(data: [UInt8] = [], status: UInt16 = 0x9000) {
        self.data = data
        self.status = status
    }

    /// Throws when there are fewer than the two status bytes; all in front of them is data.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        guard reader.remaining >= 2 else {
            throw .truncated(field: "status", offset: 0, wanted: 2, found: reader.remaining)
        }
        data = Array(try reader.bytes(reader.remaining - 2, "answer"))
        status = try reader.uint16("status")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(data)
        writer.uint16(status)
    }

    /// The data, when all went well.
    package var content: [UInt8]? { status == 0x9000 ? data : nil }
}
