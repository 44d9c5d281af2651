package import Wire

/// One frame between host and a FEIG reader, in either of the protocol's two styles.
///
///     standard   LEN            COM-ADR  CMD  payload  CRC-lo CRC-hi
///     advanced   02 ALEN ALEN   COM-ADR  CMD  payload  CRC-lo CRC-hi
///
/// Lengths count the whole frame, checksum included; ALEN goes most significant byte first, the checksum least
/// significant first over everything before it (M-CPR, M-MR101, M-MR200; one page of M-MR101 draws it the other way
/// round and is contradicted by every capture). The first byte tells the styles apart: 02 is no legal LEN.
package struct FEIGFrame: Hashable, Sendable {
    /// The two ways to frame the same commands.
    package enum Style: Hashable, Sendable {
        /// At most 255 bytes; the only style of the oldest readers.
        case standard
        /// At most 65535 bytes; the only style of network readers and of the newest ones.
        case advanced
    }

    /// What the first byte told, or how the frame shall be written; one too long for standard goes out advanced.
    package var style: Style
    /// Bus address 00–FD; FF speaks to any reader, whose reply then carries its own.
    package var address: UInt8
    /// CMD, see ``FEIGCommandCode``; a reply repeats that of its request.
    package var command: UInt8
    /// What stands between command and checksum; a reply's payload begins with its status byte.
    package var payload: [UInt8]

    package init(style: Style, address: UInt8, command: UInt8, payload: [UInt8] = []) {
        self.style = style
        self.address = address
        self.command = command
        self.payload = payload
    }

    /// The address any reader answers to.
    package static let anyReader: UInt8 = 0xFF
    /// First byte of an advanced frame.
    static let advancedMark: UInt8 = 0x02
    /// Bytes of a frame without payload.
    static let standardOverhead = 5
    static let advancedOverhead = 7
    /// The longest frame of either style.
    package static let longest = 0xFFFF
}

extension FEIGFrame: ByteParsable {
    /// Throws on a length below 5 (standard) or 7 (advanced) and on a wrong checksum.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        var covered: [UInt8] = []
        let first = try reader.byte("length")
        let length: Int
        if first == Self.advancedMark {
            style = .advanced
            let value = try reader.uint16("length")
            covered = [first, UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
            length = Int(value)
        } else {
            style = .standard
            covered = [first]
            length = Int(first)
        }
        let shortest = style == .advanced ? Self.advancedOverhead : Self.standardOverhead
        guard length >= shortest else {
            throw .invalid(field: "length", offset: 0, found: "\(length)", wanted: "at least \(shortest)")
        }
        address = try reader.byte("address")
        command = try reader.byte("command")
        payload = Array(try reader.bytes(length - shortest, "payload"))
        let stored = try reader.uint16LittleEndian("checksum")
        let computed = CRC16.feig.value(covered + [address, command] + payload)
        guard stored == computed else { throw .checksum(field: "checksum", stored: stored, computed: computed) }
    }
}

extension FEIGFrame: ByteWritable {
    /// A standard frame that would be longer than 255 bytes goes out in the advanced style, as a reader's long answer
    /// does (M-CPR, M-MR101).
    package func write(to writer: inout ByteWriter) {
        var frame = ByteWriter(reserving: payload.count + Self.advancedOverhead)
        if style == .standard, payload.count + Self.standardOverhead <= 0xFF {
            frame.byte(UInt8(payload.count + Self.standardOverhead))
        } else {
            frame.byte(Self.advancedMark)
            frame.uint16(UInt16(truncatingIfNeeded: payload.count + Self.advancedOverhead))
        }
        frame.byte(address)
        frame.byte(command)
        frame.bytes(payload)
        frame.uint16LittleEndian(CRC16.feig.value(frame.bytes))
        writer.bytes(frame.bytes)
    }
}
