/// Takes groups of bits from bytes, most significant bit first.
struct BitReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var window: UInt32 = 0
    private var held = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Bits not taken yet.
    var remaining: Int { (bytes.endIndex - position) * 8 + held }

    /// The next `count` bits, 1 to 8; `nil` when fewer are left.
    mutating func take(_ count: Int) -> UInt8? {
        if held < count {
            guard position < bytes.endIndex else { return nil }
            window = window << 8 | UInt32(bytes[position])
            position += 1
            held += 8
        }
        held -= count
        return UInt8(truncatingIfNeeded: window >> UInt32(held)) & UInt8(truncatingIfNeeded: (1 << count) - 1)
    }
}

/// Appends groups of bits to bytes, most significant bit first.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var window: UInt32 = 0
    private var held = 0

    init(reservingBits count: Int) {
        bytes.reserveCapacity((count + 7) / 8)
    }

    /// Appends the low `count` bits of `value`, 1 to 8.
    mutating func append(_ value: UInt8, bits count: Int) {
        window = window << UInt32(count) | UInt32(value) & ((1 << UInt32(count)) - 1)
        held += count
        if held >= 8 {
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: window >> UInt32(held)))
        }
    }

    /// Completes the last byte with the first bits of `pattern`.
    mutating func fill(with pattern: UInt8) {
        guard held > 0 else { return }
        append(pattern >> UInt8(held), bits: 8 - held)
    }
}
