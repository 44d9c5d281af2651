/// One record cut out of a stream, or a piece of the stream that cannot be one.
enum RecordFrame: Hashable, Sendable {
    /// The record's bytes and the line, or in binary formats the record number, where it begins.
    case record([UInt8], line: Int)
    case malformed(line: Int, cause: String, text: String)

    /// The longest record of any format that is kept in memory, in bytes.
    static let longest = 1 << 20

    /// The beginning of a record for people to look through.
    static func shown(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.prefix(500), as: UTF8.self)
    }
}
