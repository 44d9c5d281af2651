/// Appends fields to bytes in order.
package struct ByteWriter: Sendable {
    /// What was appended so far.
    package private(set) var bytes: [UInt8] = []

    /// Room for `count` bytes is made at once; more may be appended all the same.
    package init(reserving count: Int = 0) {
        bytes.reserveCapacity(count)
    }

    /// Appends one byte.
    package mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    /// Appends bytes in the order in which they come.
    package mutating func bytes(_ values: some Sequence<UInt8>) {
        // Arrays and slices are copied in one go: generic code of this module is not specialised for its callers.
        if values.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil {
            bytes.append(contentsOf: values)
        }
    }

    /// The same byte `count` times; none when `count` is not positive.
    package mutating func fill(_ value: UInt8, count: Int) {
        if count > 0 { bytes.append(contentsOf: repeatElement(value, count: count)) }
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
