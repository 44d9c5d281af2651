package import Wire

/// One message on the line, without the CR that ends it.
///
///     17 20260102    100000 AOMAIN|ABB0001|AC|  AY6  AZF245
///     body                                      sequence, checksum
///
/// The body keeps the bytes as they came; the checksum covers everything before its own four digits (ils §2.2).
package struct SIP2Frame: Hashable, Sendable {
    /// What stands behind the body.
    package enum Check: Hashable, Sendable {
        case none
        /// A checksum without a sequence number, as on requests to resend.
        case checksum
        /// 0 to 9: the requester counts up and wraps, the answer repeats it.
        case sequence(UInt8)
    }

    /// The message's bytes up to AY or AZ, the two digits first.
    package var body: [UInt8]
    /// Whether and how errors are detected; a request decides, most systems answer in kind.
    package var check: Check

    package init(body: [UInt8], check: Check) {
        self.body = body
        self.check = check
    }

    /// Bytes of the longest message that is taken; a patron's list of some hundred items stays below it.
    package static let longest = 65_536

    /// The message's two digits, for what needs no more of it.
    package var code: MessageCode? { MessageCode(body.prefix(2)) }

    /// Whether it says which request it belongs to.
    var isNumbered: Bool { if case .sequence = check { true } else { false } }
}

extension SIP2Frame: ByteParsable, ByteWritable {
    /// Takes all bytes there are. A line of fewer than two bytes is too short; a wrong checksum throws the stored one
    /// and the one reckoned.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let line = reader.rest()
        guard line.count >= 2 else {
            throw .truncated(field: "message", offset: 0, wanted: 2, found: line.count)
        }
        guard let stored = Self.digits(of: line) else {
            self.init(body: Array(line), check: .none)
            return
        }
        let covered = line.dropLast(4)
        let computed = SIP2Checksum.value(covered)
        guard stored == computed else { throw .checksum(field: "AZ", stored: stored, computed: computed) }
        let numbered = covered.dropLast(2)
        if let number = Self.sequence(of: numbered) {
            self.init(body: Array(numbered.dropLast(3)), check: .sequence(number))
        } else {
            self.init(body: Array(numbered), check: .checksum)
        }
    }

    package func write(to writer: inout ByteWriter) {
        var line = ByteWriter(reserving: body.count + 9)
        line.bytes(body)
        switch check {
        case .none:
            writer.bytes(line.bytes)
            return
        case .checksum: break
        case .sequence(let number):
            line.bytes("AY".utf8)
            line.byte(UInt8(ascii: "0") + number % 10)
        }
        line.bytes("AZ".utf8)
        writer.bytes(line.bytes)
        writer.bytes(Hex.string(SIP2Checksum.value(line.bytes)).utf8)
    }

    /// The stored checksum of a line that ends in "AZ" and four hexadecimal digits where a field may begin.
    private static func digits(of line: ArraySlice<UInt8>) -> UInt16? {
        let tail = line.suffix(6)
        guard tail.count == 6, tail.starts(with: "AZ".utf8) else { return nil }
        let before = line.dropLast(6)
        let isField = before.last == UInt8(ascii: "|") || before.count == 2 || sequence(of: before) != nil
        guard isField else { return nil }
        return UInt16(String(decoding: tail.dropFirst(2), as: UTF8.self), radix: 16)
    }

    private static func sequence(of bytes: ArraySlice<UInt8>) -> UInt8? {
        let tail = bytes.suffix(3)
        guard tail.count == 3, tail.starts(with: "AY".utf8), let digit = tail.last,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
        else { return nil }
        return digit - UInt8(ascii: "0")
    }
}
