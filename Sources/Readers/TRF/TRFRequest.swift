package import Wire

/// One request to a TRF79xx board.
///
///     01  LEN-lo LEN-hi  03 04  CMD  parameters  00 00
///
/// LEN counts the whole frame. Every byte goes over the line as two hexadecimal digits; there is no checksum and no end
/// mark (SLOU192C).
package struct TRFRequest: Hashable, Sendable {
    /// The byte behind 03 04; one that is not in ``TRFCode`` is kept as it is.
    package var command: UInt8
    /// Between command and the two zero bytes; at most 248 bytes.
    package var parameters: [UInt8]

    package init(command: UInt8, parameters: [UInt8] = []) {
        self.command = command
        self.parameters = parameters
    }

    /// A request by the name of its command.
    package init(_ code: TRFCode, _ parameters: [UInt8] = []) {
        self.init(command: code.rawValue, parameters: parameters)
    }

    /// Reader type and entity, the same in all frames.
    private static let kind: [UInt8] = [0x03, 0x04]
    private static let tail: [UInt8] = [0x00, 0x00]
    /// Bytes beside the parameters.
    private static let overhead = 8
    /// Bytes of the longest request a board's buffer takes.
    package static let longest = 256
}

/// The commands that serve a library.
package enum TRFCode: UInt8, Hashable, Sendable, CaseIterable {
    /// Register numbers and values in pairs.
    case writeRegisters = 0x10
    /// ISO flags, 01, mask length and mask: the board walks through the slots once.
    case inventory = 0x14
    /// What follows goes on air as it is, check bytes added.
    case passThrough = 0x18
    /// The receiver's automatic gain (SLOU192C: AGC).
    case gain = 0xF0
    /// What the receiver listens to, amplitude or phase (SLOU192C: AM/PM).
    case demodulation = 0xF1
    case version = 0xFE
    case initialise = 0xFF
}

extension TRFRequest: ByteParsable, ByteWritable {
    /// Throws on a first byte other than 01, a reader type other than 03 04, a LEN outside 8 to 256 and an end other
    /// than 00 00.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let start = try reader.byte("start")
        guard start == 0x01 else {
            throw .invalid(field: "start", offset: 0, found: Hex.string(start), wanted: "01")
        }
        let length = Int(try reader.uint16LittleEndian("length"))
        guard Self.overhead...Self.longest ~= length else {
            throw .invalid(field: "length", offset: 1, found: "\(length)", wanted: "8 to \(Self.longest)")
        }
        let kind = Array(try reader.bytes(2, "reader type"))
        guard kind == Self.kind else {
            throw .invalid(field: "reader type", offset: 3, found: Hex.string(kind), wanted: Hex.string(Self.kind))
        }
        command = try reader.byte("command")
        parameters = Array(try reader.bytes(length - Self.overhead, "parameters"))
        let tail = Array(try reader.bytes(2, "end"))
        guard tail == Self.tail else {
            throw .invalid(field: "end", offset: length - 2, found: Hex.string(tail), wanted: "0000")
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(0x01)
        writer.uint16LittleEndian(UInt16(clamping: parameters.count + Self.overhead))
        writer.bytes(Self.kind)
        writer.byte(command)
        writer.bytes(parameters)
        writer.bytes(Self.tail)
    }
}

extension TRFRequest {
    /// The request as it goes over the line: capital digits, no blanks.
    package var text: [UInt8] { Array(Hex.string(bytes).utf8) }

    /// Reads exactly one request from its hexadecimal digits as they go over the line.
    package init(text: [UInt8]) throws(ParseError) {
        try self.init(Hex.bytes(String(decoding: text, as: UTF8.self)))
    }
}
