import Testing
import Wire

@Test func `the checksum flavours give their published check values`() {
    let digits = Array("123456789".utf8)
    #expect(CRC16.feig.value(digits) == 0x6F91)
    #expect(CRC16.air.value(digits) == 0x906E)
    #expect(CRC16.basicBlock.value(digits) == 0x29B1)
    #expect(CRC16.genibus.value(digits) == 0xD64E)
}

@Test func `a feig version request carries the documented checksum`() {
    #expect(CRC16.feig.value([0x02, 0x00, 0x07, 0xFF, 0x65]) == 0x616E)
}

@Test func `a field that does not fit is named with its place`() {
    var reader = ByteReader([1, 2, 3])
    #expect(throws: ParseError.truncated(field: "UID", offset: 1, wanted: 8, found: 2)) {
        _ = try reader.byte("flags")
        _ = try reader.bytes(8, "UID")
    }
}

@Test func `hexadecimal text may be spaced and says where it is wrong`() throws {
    #expect(try Hex.bytes("05 FF:65-e5") == [0x05, 0xFF, 0x65, 0xE5])
    #expect(throws: ParseError.invalid(field: "hex", offset: 2, found: "'x'", wanted: "0-9 or A-F")) {
        _ = try Hex.bytes("05x")
    }
    #expect(throws: ParseError.truncated(field: "hex", offset: 1, wanted: 2, found: 1)) { _ = try Hex.bytes("0") }
    #expect(throws: ParseError.invalid(field: "hex", offset: 3, found: "'é'", wanted: "0-9 or A-F")) {
        _ = try Hex.bytes("05 éA")
    }
    #expect(try Hex.bytes("0005".dropFirst(2)) == [0x05])
}

@Test func `hexadecimal text may be separated`() {
    #expect(Hex.string([0x02, 0x00, 0xFF], separator: " ") == "02 00 FF")
    #expect(Hex.string([UInt8]()) == "")
    #expect(Hex.string((0..<3).lazy.map { UInt8($0) }, separator: ":") == "00:01:02")
    #expect(Hex.string(0x0A as UInt8) == "0A")
    #expect(Hex.string(0x1AEE as UInt16) == "1AEE")
}

@Test func `bytes are written alike from any sequence`() {
    var writer = ByteWriter()
    writer.bytes([1, 2])
    writer.bytes([0, 3, 4, 0][1...2])
    writer.bytes((5...6).lazy.map { UInt8($0) })
    writer.fill(0xFF, count: 2)
    writer.fill(0xEE, count: 0)
    writer.fill(0xEE, count: -1)
    #expect(writer.bytes == [1, 2, 3, 4, 5, 6, 0xFF, 0xFF])
    #expect(CRC16.feig.value([1, 2, 3]) == CRC16.feig.value((1...3).lazy.map { UInt8($0) }))
}

/// Register by register, as the standards draw it: what the tables have to agree with.
private func bitByBit(_ bytes: [UInt8], reflected: Bool) -> UInt16 {
    bytes.reduce(0xFFFF) { register, byte in
        (0..<8).reduce(reflected ? register ^ UInt16(byte) : register ^ UInt16(byte) << 8) { register, _ in
            if reflected { return register & 1 == 1 ? register >> 1 ^ 0x8408 : register >> 1 }
            return register & 0x8000 != 0 ? register << 1 ^ 0x1021 : register << 1
        }
    }
}

@Test(arguments: Array(0...40))
func `checksums of any length are those of the plain register`(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
    #expect(CRC16.feig.value(bytes) == bitByBit(bytes, reflected: true))
    #expect(CRC16.air.value(bytes[...]) == ~bitByBit(bytes, reflected: true))
    #expect(CRC16.basicBlock.value(bytes) == bitByBit(bytes, reflected: false))
    // A sequence that is not in one piece in memory.
    #expect(CRC16.genibus.value(bytes.lazy.map { $0 }) == ~bitByBit(bytes, reflected: false))
}

@Test(arguments: [CRC16.feig, .air, .basicBlock, .genibus])
func `the checksum of any stretch follows from the registers around it`(_ crc: CRC16) {
    let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 8) }
    // Where the register began does not matter.
    var registers: [UInt16] = [0x1234]
    for byte in bytes { registers.append(crc.register(registers[registers.count - 1], behind: byte)) }
    let stretches = [(0, 0), (0, 1), (5, 7), (3, 255), (1, 32_766), (9, 32_767), (2, 32_768), (100, 65_535)]
    for (start, count) in stretches {
        let value = crc.value(from: registers[start], to: registers[start + count], count: count)
        #expect(value == crc.value(bytes[start..<(start + count)]), "\(count) bytes from \(start) on")
    }
}
