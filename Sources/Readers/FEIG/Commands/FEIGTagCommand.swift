package import Wire

/// What a B0 command does to tags: the byte behind CMD.
package enum FEIGTagCode: UInt8, Hashable, Sendable, CaseIterable {
    case inventory = 0x01
    case stayQuiet = 0x02
    case lockBlocks = 0x22
    case readBlocks = 0x23
    case writeBlocks = 0x24
    case select = 0x25
    case resetToReady = 0x26
    case writeAFI = 0x27
    case lockAFI = 0x28
    case writeDSFID = 0x29
    case lockDSFID = 0x2A
    case systemInformation = 0x2B
    case blockSecurity = 0x2C

    /// Reads the code and refuses any but those `wanted`.
    static func parse(_ reader: inout ByteReader, wanted: [FEIGTagCode]) throws(ParseError) -> FEIGTagCode {
        let offset = reader.offset
        let byte = try reader.byte("tag command")
        guard let code = FEIGTagCode(rawValue: byte), wanted.contains(code) else {
            throw .invalid(
                field: "tag command",
                offset: offset,
                found: Hex.string(byte),
                wanted: wanted.map { Hex.string($0.rawValue) }.joined(separator: ", ")
            )
        }
        return code
    }
}

/// B0 commands without parameters: 02 stay quiet, 25 select, 26 reset to ready, 28 lock AFI, 2A lock DSFID.
package struct FEIGTagOrder: FEIGCommand {
    package static let code = FEIGCommandCode.tag
    /// Newer readers tell of the card they selected; nothing here needs it.
    package typealias Reply = FEIGBytes

    /// The codes of this layout.
    package static let orders: [FEIGTagCode] = [.stayQuiet, .select, .resetToReady, .lockAFI, .lockDSFID]

    /// One of ``orders``; the other codes have another layout.
    package var order: FEIGTagCode
    /// MODE and, when addressed, the UID; stay quiet has to be addressed.
    package var address: FEIGTagAddress

    package init(_ order: FEIGTagCode, _ address: FEIGTagAddress) {
        self.order = order
        self.address = address
    }

    /// Throws on a code that is none of ``orders``.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        order = try FEIGTagCode.parse(&reader, wanted: Self.orders)
        address = try FEIGTagAddress(parsing: &reader)
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(order.rawValue)
        address.write(to: &writer)
    }
}

/// B0 commands that write one byte beside the blocks: 27 AFI, 29 DSFID.
package struct FEIGTagSetting: FEIGCommand {
    package static let code = FEIGCommandCode.tag
    package typealias Reply = FEIGDone

    /// The codes of this layout.
    package static let settings: [FEIGTagCode] = [.writeAFI, .writeDSFID]

    /// One of ``settings``, 27 or 29.
    package var setting: FEIGTagCode
    /// MODE and the UID of the one tag that is written.
    package var address: FEIGTagAddress
    /// The new AFI or DSFID.
    package var value: UInt8

    package init(_ setting: FEIGTagCode, _ address: FEIGTagAddress, value: UInt8) {
        self.setting = setting
        self.address = address
        self.value = value
    }

    /// Throws on a code that is none of ``settings``.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        setting = try FEIGTagCode.parse(&reader, wanted: Self.settings)
        address = try FEIGTagAddress(parsing: &reader)
        value = try reader.byte("value")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(setting.rawValue)
        address.write(to: &writer)
        writer.byte(value)
    }
}

/// What follows status 95: why the tag refused, and at which block when blocks were written or locked.
package struct FEIGTagRefusal: ByteParsable, ByteWritable, Hashable, Sendable {
    /// The error code of ISO 15693-3.
    package var error: UInt8
    /// `nil` when no block was concerned.
    package var block: UInt8?

    package init(error: UInt8, block: UInt8? = nil) {
        self.error = error
        self.block = block
    }

    /// The error, the block when one follows; bytes behind it are passed over.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        error = try reader.byte("tag error")
        block = reader.isAtEnd ? nil : try reader.byte("failing block")
        _ = reader.rest()
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(error)
        if let block { writer.byte(block) }
    }
}
