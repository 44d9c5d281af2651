package import Wire

/// One frame between host and a JMY6xx module.
///
///     LEN-hi LEN-lo  ADR  CMD  data…  XOR
///
/// LEN counts everything but the last byte, which is all others combined by exclusive or (QM §5.1). Requests go to
/// address 00, any module; a reply carries the module's own. A failure comes back with the command's bits turned over
/// and nothing behind it.
package struct JMYFrame: Hashable, Sendable {
    /// 00 in a request; in a reply the module's own, 01 on the modules seen.
    package var address: UInt8
    /// CMD, see ``JMYCode``; all bits turned over in a failure, A3 for 5C.
    package var command: UInt8
    /// Between command and checksum; empty in a failure.
    package var data: [UInt8]

    package init(address: UInt8 = 0x00, command: UInt8, data: [UInt8] = []) {
        self.address = address
        self.command = command
        self.data = data
    }

    /// Bytes LEN counts beside the data.
    static let overhead = 4
}

extension JMYFrame: ByteParsable, ByteWritable {
    /// Throws on a length outside 4 to 1099 and on a wrong checksum.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let length = try reader.uint16("length")
        guard Self.overhead...(Self.longest - 1) ~= Int(length) else {
            throw .invalid(field: "length", offset: 0, found: "\(length)", wanted: "4 to \(Self.longest - 1)")
        }
        address = try reader.byte("address")
        command = try reader.byte("command")
        data = Array(try reader.bytes(Int(length) - Self.overhead, "data"))
        let stored = UInt16(try reader.byte("checksum"))
        let computed = UInt16(Self.checksum(over: covered))
        guard stored == computed else { throw .checksum(field: "checksum", stored: stored, computed: computed) }
    }

    package func write(to writer: inout ByteWriter) {
        let covered = covered
        writer.bytes(covered)
        writer.byte(Self.checksum(over: covered))
    }

    private var covered: [UInt8] {
        var writer = ByteWriter(reserving: data.count + Self.overhead)
        writer.uint16(UInt16(clamping: data.count + Self.overhead))
        writer.byte(address)
        writer.byte(command)
        writer.bytes(data)
        return writer.bytes
    }

    private static func checksum(over bytes: [UInt8]) -> UInt8 { bytes.reduce(0, ^) }
}

extension JMYFrame: SizedFrame {
    /// A reply of 256 blocks of four bytes; nothing longer is known.
    package static let longest = 1100
    package static let checksum = FrameChecksum.exclusiveOr

    /// Without a mark in front, only length and command tell a frame from noise.
    package static func length(of pending: ArraySlice<UInt8>) -> FrameLength {
        let head = pending.startIndex
        guard Int(pending[head]) <= longest >> 8 else { return .impossible }
        guard pending.count >= 4 else { return .undecided }
        let length = Int(pending[head]) << 8 | Int(pending[head + 1])
        let command = pending[head + 3]
        guard overhead..<longest ~= length, JMYCode(rawValue: command) ?? JMYCode(rawValue: ~command) != nil else {
            return .impossible
        }
        return .bytes(length + 1)
    }
}

/// Finds JMY6xx frames in a stream of bytes, on either side.
package typealias JMYDecoder = SizedDecoder<JMYFrame>
