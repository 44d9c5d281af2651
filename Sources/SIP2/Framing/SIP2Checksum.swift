/// The error detection of a message: all bytes up to and including "AZ", added up, negated, the low 16 bits.
///
/// The bytes are those on the line, after encoding (ils §2.2).
enum SIP2Checksum {
    static func value(_ bytes: some Sequence<UInt8>) -> UInt16 {
        let sum = bytes.reduce(UInt16(0)) { $0 &+ UInt16($1) }
        return 0 &- sum
    }
}
