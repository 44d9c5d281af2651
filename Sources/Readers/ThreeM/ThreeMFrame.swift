package import Wire

/// One frame between host and a 3M pad.
///
///     D6  LEN-hi LEN-lo  CMD  fields  CRC-hi CRC-lo
///
/// LEN counts what follows it, checksum included; the checksum covers everything behind the first byte. A reply carries
/// its error byte as first field. Numbers and UIDs go most significant byte first, block data in tag order (SPEC).
package struct ThreeMFrame: Hashable, Sendable {
    /// The class of a frame, its first byte.
    package enum Start: UInt8, Hashable, Sendable {
        case command = 0xD6
        /// Used once while an 810 is started; what sets it apart is not documented.
        case setup = 0xD5
    }

    /// D6 on all frames but those that wake an 810.
    package var start: Start
    /// CMD, see ``ThreeMCode``; a reply repeats that of its request.
    package var command: UInt8
    /// Between command and checksum; in a reply the error byte stands first.
    package var fields: [UInt8]

    package init(start: Start = .command, command: UInt8, fields: [UInt8] = []) {
        self.start = start
        self.command = command
        self.fields = fields
    }

    /// Bytes around command and fields.
    static let overhead = 5
    /// A reply of 256 blocks has 1550 bytes; nothing longer is known.
    package static let longest = 4096
}

extension ThreeMFrame: ByteParsable, ByteWritable {
    /// Throws on a first byte other than D6 and D5, on a length outside 3 to 4093 and on a wrong checksum.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let first = try reader.byte("start")
        guard let start = Start(rawValue: first) else {
            throw .invalid(field: "start", offset: 0, found: Hex.string(first), wanted: "D6 or D5")
        }
        self.start = start
        let length = try reader.uint16("length")
        guard length >= 3, Int(length) + 3 <= Self.longest else {
            throw .invalid(field: "length", offset: 1, found: "\(length)", wanted: "3 to \(Self.longest - 3)")
        }
        command = try reader.byte("command")
        fields = Array(try reader.bytes(Int(length) - 3, "fields"))
        let stored = try reader.uint16("checksum")
        let head = [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length), command]
        let computed = CRC16.genibus.value(head + fields)
        guard stored == computed else { throw .checksum(field: "checksum", stored: stored, computed: computed) }
    }

    package func write(to writer: inout ByteWriter) {
        var covered = ByteWriter(reserving: fields.count + Self.overhead)
        covered.uint16(UInt16(truncatingIfNeeded: fields.count + 3))
        covered.byte(command)
        covered.bytes(fields)
        writer.byte(start.rawValue)
        writer.bytes(covered.bytes)
        writer.uint16(CRC16.genibus.value(covered.bytes))
    }
}

extension ThreeMFrame: SizedFrame {
    package static let checksum = FrameChecksum.crc(.genibus, uncovered: 1, lowFirst: false)

    package static func length(of pending: ArraySlice<UInt8>) -> FrameLength {
        let head = pending.startIndex
        guard Start(rawValue: pending[head]) != nil else { return .impossible }
        guard pending.count >= 3 else { return .undecided }
        let length = (Int(pending[head + 1]) << 8 | Int(pending[head + 2])) + 3
        return overhead + 1...longest ~= length ? .bytes(length) : .impossible
    }
}

/// Finds 3M frames in a stream of bytes, on either side.
package typealias ThreeMDecoder = SizedDecoder<ThreeMFrame>
