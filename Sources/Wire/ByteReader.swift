/// Reads fields from bytes in order and names the field in which the bytes end.
///
/// Never reads outside its bytes: a field that does not fit throws
/// ``ParseError/truncated(field:offset:wanted:found:)``.
package struct ByteReader: Sendable {
    private let source: ArraySlice<UInt8>
    private var position: Int

    /// Reads from the first byte on.
    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    /// Reads from the first byte of the slice on; ``offset`` counts from there, whatever the slice's own indices are.
    package init(_ bytes: ArraySlice<UInt8>) {
        source = bytes
        position = bytes.startIndex
    }

    /// Bytes read so far.
    package var offset: Int { position - source.startIndex }

    /// Bytes not read yet.
    package var remaining: Int { source.endIndex - position }

    /// Whether every byte was read.
    package var isAtEnd: Bool { position == source.endIndex }

    /// The next byte without reading it; `nil` at the end.
    package var next: UInt8? { isAtEnd ? nil : source[position] }

    /// The next byte; `field` is what it is called when it is missing.
    package mutating func byte(_ field: String) throws(ParseError) -> UInt8 {
        guard position < source.endIndex else {
            throw .truncated(field: field, offset: offset, wanted: 1, found: 0)
        }
        defer { position += 1 }
        return source[position]
    }

    /// The next `count` bytes, as a slice of the source; none are copied.
    package mutating func bytes(_ count: Int, _ field: String) throws(ParseError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw .truncated(field: field, offset: offset, wanted: count, found: remaining)
        }
        defer { position += count }
        return source[position..<(position + count)]
    }

    /// Passes over bytes that mean nothing here.
    package mutating func skip(_ count: Int, _ field: String) throws(ParseError) {
        guard count >= 0, count <= remaining else {
            throw .truncated(field: field, offset: offset, wanted: count, found: remaining)
        }
        position += count
    }

    /// Everything that is left.
    package mutating func rest() -> ArraySlice<UInt8> {
        defer { position = source.endIndex }
        return source[position...]
    }

    /// Most significant byte first.
    package mutating func uint16(_ field: String) throws(ParseError) -> UInt16 {
        try bytes(2, field).reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// Least significant byte first.
    package mutating func uint16LittleEndian(_ field: String) throws(ParseError) -> UInt16 {
        try bytes(2, field).reversed().reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// Most significant byte first.
    package mutating func uint32(_ field: String) throws(ParseError) -> UInt32 {
        try bytes(4, field).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Refuses bytes that are left over: a message is understood whole or not at all.
    package func finish() throws(ParseError) {
        guard isAtEnd else { throw .leftover(offset: offset, count: remaining) }
    }
}
