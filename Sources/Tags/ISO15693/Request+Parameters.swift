package import Wire

/// Parameters behind the header, in the order in which ``ISO15693/Request/writeParameters(to:wide:)`` writes them.
/// Counts travel minus one; 16-bit fields least significant byte first (iso15693 §3).
extension ISO15693.Request {
    /// `header` says which command it is and, by option and protocol extension flag, how to read it. Throws on a code
    /// that is neither the standard's nor a maker's.
    package init(parsing reader: inout ByteReader, header: ISO15693.RequestHeader) throws(ParseError) {
        let option = header.flags.contains(.option)
        let wide = header.flags.contains(.protocolExtension)
        switch header.code {
        case 0x02: self = .stayQuiet
        case 0x20: self = .readSingleBlock(try reader.block(wide: wide), withSecurity: option)
        case 0x21: self = .writeSingleBlock(try reader.block(wide: wide), data: try reader.blockData())
        case 0x22: self = .lockBlock(try reader.block(wide: wide))
        case 0x23:
            self = .readMultipleBlocks(
                first: try reader.block(wide: wide),
                count: try reader.count(wide: false),
                withSecurity: option
            )
        case 0x24:
            self = .writeMultipleBlocks(
                first: try reader.block(wide: wide),
                count: try reader.count(wide: false),
                data: try reader.blockData()
            )
        case 0x25: self = .select
        case 0x26: self = .resetToReady
        case 0x27: self = .writeAFI(try reader.byte("AFI"))
        case 0x28: self = .lockAFI
        case 0x29: self = .writeDSFID(try reader.byte("DSFID"))
        case 0x2A: self = .lockDSFID
        case 0x2B: self = .systemInformation
        case 0x2C:
            self = .blockSecurity(first: try reader.block(wide: wide), count: try reader.count(wide: false))
        case 0x2D:
            self = .fastReadMultipleBlocks(
                first: try reader.block(wide: wide),
                count: try reader.count(wide: false),
                withSecurity: option
            )
        case 0x30...0x34, 0x3B...0x3D:
            self = .extended(try ISO15693.ExtendedRequest(parsing: &reader, code: header.code, option: option))
        case 0x35:
            self = .cryptographic(
                .authenticate(suite: try reader.byte("crypto suite"), message: Array(reader.rest()))
            )
        case 0x39:
            self = .cryptographic(.challenge(suite: try reader.byte("crypto suite"), message: Array(reader.rest())))
        case 0x3A: self = .cryptographic(.readBuffer)
        default:
            guard let manufacturer = header.manufacturer else {
                throw .invalid(
                    field: "command",
                    offset: 1,
                    found: Hex.string(header.code),
                    wanted: "a known command code"
                )
            }
            self = .custom(
                ISO15693.CustomRequest(
                    manufacturer: manufacturer,
                    code: header.code,
                    parameters: Array(reader.rest()),
                    option: option
                )
            )
        }
    }

    /// `wide`: block numbers of 20–2D in two bytes, for old ST tags under the protocol extension flag.
    package func writeParameters(to writer: inout ByteWriter, wide: Bool) {
        switch self {
        case .readSingleBlock(let block, _), .lockBlock(let block):
            writer.block(block, wide: wide)
        case .writeSingleBlock(let block, let data):
            writer.block(block, wide: wide)
            writer.bytes(data)
        case .readMultipleBlocks(let first, let count, _), .blockSecurity(let first, let count),
            .fastReadMultipleBlocks(let first, let count, _):
            writer.block(first, wide: wide)
            writer.count(count, wide: false)
        case .writeMultipleBlocks(let first, let count, let data):
            writer.block(first, wide: wide)
            writer.count(count, wide: false)
            writer.bytes(data)
        case .writeAFI(let value), .writeDSFID(let value):
            writer.byte(value)
        case .extended(let extended):
            extended.writeParameters(to: &writer)
        case .cryptographic(.authenticate(let suite, let message)), .cryptographic(.challenge(let suite, let message)):
            writer.byte(suite)
            writer.bytes(message)
        case .custom(let custom):
            writer.bytes(custom.parameters)
        case .stayQuiet, .select, .resetToReady, .lockAFI, .lockDSFID, .systemInformation, .cryptographic(.readBuffer):
            break
        }
    }

    /// Throws when a block number, a count or the amount of data cannot be said in the command's fields.
    func check(protocolExtension wide: Bool) throws(EncodeError) {
        let blocks = wide ? 0x10000 : 0x100
        switch self {
        case .readSingleBlock(let block, _), .lockBlock(let block):
            try checkRange(first: block, count: 1, blocks: blocks, counts: 1)
        case .writeSingleBlock(let block, let data):
            try checkRange(first: block, count: 1, blocks: blocks, counts: 1)
            try checkData(data, count: 1)
        case .readMultipleBlocks(let first, let count, _), .blockSecurity(let first, let count),
            .fastReadMultipleBlocks(let first, let count, _):
            try checkRange(first: first, count: count, blocks: blocks, counts: 0x100)
        case .writeMultipleBlocks(let first, let count, let data):
            try checkRange(first: first, count: count, blocks: blocks, counts: 0x100)
            try checkData(data, count: count)
        case .extended(let extended):
            try extended.check()
        case .custom(let custom):
            guard 0xA0...0xDF ~= custom.code else {
                throw .unrepresentable(field: "command", value: Hex.string(custom.code), wanted: "a0 to df")
            }
        default:
            break
        }
    }
}

extension ISO15693.ExtendedRequest {
    init(parsing reader: inout ByteReader, code: UInt8, option: Bool) throws(ParseError) {
        switch code {
        case 0x30: self = .readSingleBlock(try reader.block(wide: true), withSecurity: option)
        case 0x31: self = .writeSingleBlock(try reader.block(wide: true), data: try reader.blockData())
        case 0x32: self = .lockBlock(try reader.block(wide: true))
        case 0x33:
            self = .readMultipleBlocks(
                first: try reader.block(wide: true),
                count: try reader.count(wide: true),
                withSecurity: option
            )
        case 0x34:
            self = .writeMultipleBlocks(
                first: try reader.block(wide: true),
                count: try reader.count(wide: true),
                data: try reader.blockData()
            )
        case 0x3B: self = .systemInformation(ISO15693.SystemParameters(rawValue: try reader.byte("parameters")))
        case 0x3C:
            self = .blockSecurity(first: try reader.block(wide: true), count: try reader.count(wide: true))
        case 0x3D:
            self = .fastReadMultipleBlocks(
                first: try reader.block(wide: true),
                count: try reader.count(wide: true),
                withSecurity: option
            )
        default:
            throw .invalid(field: "command", offset: 1, found: Hex.string(code), wanted: "30 to 34 or 3B to 3D")
        }
    }

    func writeParameters(to writer: inout ByteWriter) {
        switch self {
        case .readSingleBlock(let block, _), .lockBlock(let block):
            writer.block(block, wide: true)
        case .writeSingleBlock(let block, let data):
            writer.block(block, wide: true)
            writer.bytes(data)
        case .readMultipleBlocks(let first, let count, _), .blockSecurity(let first, let count),
            .fastReadMultipleBlocks(let first, let count, _):
            writer.block(first, wide: true)
            writer.count(count, wide: true)
        case .writeMultipleBlocks(let first, let count, let data):
            writer.block(first, wide: true)
            writer.count(count, wide: true)
            writer.bytes(data)
        case .systemInformation(let parameters):
            writer.byte(parameters.rawValue)
        }
    }

    func check() throws(EncodeError) {
        switch self {
        case .readSingleBlock(let block, _), .lockBlock(let block):
            try checkRange(first: block, count: 1, blocks: 0x10000, counts: 1)
        case .writeSingleBlock(let block, let data):
            try checkRange(first: block, count: 1, blocks: 0x10000, counts: 1)
            try checkData(data, count: 1)
        case .readMultipleBlocks(let first, let count, _), .blockSecurity(let first, let count),
            .fastReadMultipleBlocks(let first, let count, _):
            try checkRange(first: first, count: count, blocks: 0x10000, counts: 0x10000)
        case .writeMultipleBlocks(let first, let count, let data):
            try checkRange(first: first, count: count, blocks: 0x10000, counts: 0x10000)
            try checkData(data, count: count)
        case .systemInformation:
            break
        }
    }
}

/// `first` may be anything below `blocks`; a range running over the end is the tag's to judge.
private func checkRange(first: Int, count: Int, blocks: Int, counts: Int) throws(EncodeError) {
    guard 0..<blocks ~= first else {
        throw .unrepresentable(field: "block", value: String(first), wanted: "0 to \(blocks - 1)")
    }
    guard 1...counts ~= count else {
        throw .unrepresentable(field: "block count", value: String(count), wanted: "1 to \(counts)")
    }
}

/// Whole blocks of 1 to 32 bytes.
private func checkData(_ data: [UInt8], count: Int) throws(EncodeError) {
    guard data.count.isMultiple(of: count), 1...32 ~= data.count / count else {
        throw .unrepresentable(field: "data", value: "\(data.count) bytes", wanted: "\(count) blocks of 1 to 32 bytes")
    }
}

extension ByteReader {
    fileprivate mutating func block(wide: Bool) throws(ParseError) -> Int {
        wide ? Int(try uint16LittleEndian("block")) : Int(try byte("block"))
    }

    fileprivate mutating func count(wide: Bool) throws(ParseError) -> Int {
        (wide ? Int(try uint16LittleEndian("block count")) : Int(try byte("block count"))) + 1
    }

    fileprivate mutating func blockData() throws(ParseError) -> [UInt8] {
        guard !isAtEnd else { throw .truncated(field: "data", offset: offset, wanted: 1, found: 0) }
        return Array(rest())
    }
}

extension ByteWriter {
    fileprivate mutating func block(_ number: Int, wide: Bool) {
        if wide {
            uint16LittleEndian(UInt16(truncatingIfNeeded: number))
        } else {
            byte(UInt8(truncatingIfNeeded: number))
        }
    }

    fileprivate mutating func count(_ count: Int, wide: Bool) {
        block(count &- 1, wide: wide)
    }
}
