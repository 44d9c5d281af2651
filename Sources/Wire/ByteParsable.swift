/// A value that can be read from bytes.
package protocol ByteParsable {
    /// Reads the value's fields in wire order and leaves the reader behind the last of them.
    init(parsing reader: inout ByteReader) throws(ParseError)
}

extension ByteParsable {
    /// Reads the whole of `bytes` as one value; bytes left over are refused.
    package init(_ bytes: [UInt8]) throws(ParseError) {
        var reader = ByteReader(bytes)
        try self.init(parsing: &reader)
        try reader.finish()
    }
}

/// A value that can be written as bytes, in the order its parser reads them.
package protocol ByteWritable {
    func write(to writer: inout ByteWriter)
}

extension ByteWritable {
    /// The value's bytes.
    package var bytes: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }
}
