/// Appends fields to bytes in order.
package struct ByteWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(reserving count: Int = 0) {
        bytes.reserveCapacity(count)
    }

    package mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    package mutating func bytes(_ values: some Sequence<UInt8>) {
        bytes.append(contentsOf: values)
    }

    /// Most significant byte first.
    package mutating func uint16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// Least significant byte first.
    package mutating func uint16LittleEndian(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    /// Most significant byte first.
    package mutating func uint32(_ value: UInt32) {
        uint16(UInt16(truncatingIfNeeded: value >> 16))
        uint16(UInt16(truncatingIfNeeded: value))
    }
}
