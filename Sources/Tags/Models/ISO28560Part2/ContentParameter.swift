/// The list of elements on an ISO 28560-2 tag (element 2): a bitmap whose first bit stands for element 3.
///
/// It helps to plan a read; the chain of data sets is the truth.
package struct ContentParameter: Hashable, Sendable {
    /// Bit n set for element n, 3 to 63.
    private var mask: UInt64 = 0

    package init() {}

    /// The list of these elements; numbers outside 3 to 63 are passed over.
    package init(_ oids: some Sequence<Int>) {
        for oid in oids { insert(oid) }
    }

    /// Elements 1 and 2 have no bit and are passed over, as is anything above 63.
    package mutating func insert(_ oid: Int) {
        if (3...63).contains(oid) { mask |= 1 << UInt64(oid) }
    }

    /// Never for elements 1 and 2, which have no bit, nor above 63.
    package func contains(_ oid: Int) -> Bool {
        (3...63).contains(oid) && mask >> UInt64(oid) & 1 == 1
    }

    /// The listed elements by rising number.
    package var oids: [Int] { (3...63).filter(contains) }

    /// Whether no element is listed, as on a tag with the identifier alone.
    package var isEmpty: Bool { mask == 0 }

    /// Whether everything listed here is listed in `other` too.
    package func isSubset(of other: ContentParameter) -> Bool { mask & ~other.mask == 0 }
}

extension ContentParameter {
    /// Trailing zero bytes are room kept for later elements.
    package init(parsing data: ArraySlice<UInt8>) {
        for (index, byte) in data.prefix(8).enumerated() {
            for bit in 0..<8 where byte >> UInt8(7 - bit) & 1 == 1 { insert(3 + 8 * index + bit) }
        }
    }

    /// Without trailing zero bytes; none at all when no element is listed.
    package var bytes: [UInt8] {
        guard mask != 0 else { return [] }
        let highest = 63 - mask.leadingZeroBitCount
        return (0...(highest - 3) / 8).map { index in
            (0..<8).reduce(into: UInt8(0)) { byte, bit in
                if contains(3 + 8 * index + bit) { byte |= 0x80 >> UInt8(bit) }
            }
        }
    }
}
