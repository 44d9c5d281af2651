package import Wire

/// One frame between host and an RL866 reader.
///
///     FA  LEN  RID  PCB  INF…  CRC-lo CRC-hi
///
/// LEN counts itself up to the checksum; the checksum is FEIG's over the same bytes. All words inside INF go least
/// significant byte first.
package struct RL866Frame: Hashable, Sendable {
    /// Reader number; FF is any.
    package var reader: UInt8
    /// What kind of block it is: information with a toggling bit, or a call to start afresh.
    package var control: UInt8
    /// INF: command and parameters, in a reply command, status word and parameters; at most 250 bytes.
    package var information: [UInt8]

    package init(reader: UInt8 = 0xFF, control: UInt8, information: [UInt8] = []) {
        self.reader = reader
        self.control = control
        self.information = information
    }

    /// First byte of every frame.
    static let start: UInt8 = 0xFA
    /// Bytes LEN counts beside the information.
    static let overhead = 5
    /// Bytes of the longest frame, its first byte included.
    package static let longest = 256
    /// Starts the sequence afresh; answered in the same form.
    package static let resynchronise: UInt8 = 0xC0
    /// Toggles with every request.
    package static let sequence: UInt8 = 0x40
}

extension RL866Frame: ByteParsable, ByteWritable {
    /// Throws on a first byte other than FA, on a length below 5 and on a wrong checksum.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let start = try reader.byte("start")
        guard start == Self.start else {
            throw .invalid(field: "start", offset: 0, found: Hex.string(start), wanted: "FA")
        }
        let length = try reader.byte("length")
        guard Int(length) >= Self.overhead else {
            throw .invalid(field: "length", offset: 1, found: "\(length)", wanted: "at least \(Self.overhead)")
        }
        self.reader = try reader.byte("reader number")
        control = try reader.byte("control")
        information = Array(try reader.bytes(Int(length) - Self.overhead, "information"))
        let stored = try reader.uint16LittleEndian("checksum")
        let computed = CRC16.feig.value([length, self.reader, control] + information)
        guard stored == computed else { throw .checksum(field: "checksum", stored: stored, computed: computed) }
    }

    /// Information of more than 250 bytes does not fit and is never built.
    package func write(to writer: inout ByteWriter) {
        let length = UInt8(clamping: information.count + Self.overhead)
        let covered = [length, reader, control] + information
        writer.byte(Self.start)
        writer.bytes(covered)
        writer.uint16LittleEndian(CRC16.feig.value(covered))
    }
}

extension RL866Frame: SizedFrame {
    package static let checksum = FrameChecksum.crc(.feig, uncovered: 1, lowFirst: true)

    package static func length(of pending: ArraySlice<UInt8>) -> FrameLength {
        guard pending.first == start else { return .impossible }
        guard let length = pending.dropFirst().first else { return .undecided }
        return length >= overhead ? .bytes(Int(length) + 1) : .impossible
    }
}

/// Finds RL866 frames in a stream of bytes, on either side.
package typealias RL866Decoder = SizedDecoder<RL866Frame>
