import Wire

/// The 64-bit number every ISO 15693 tag is made with, shown most significant byte first: `E00401503309CE74`.
///
/// On air it travels least significant byte first (ISO 15693-3); FEIG and 3M host frames carry it most significant
/// first.
package struct TagUID: Hashable, Sendable {
    /// The number with `E0` in its top byte.
    package var rawValue: UInt64

    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

extension TagUID {
    /// Eight bytes, `E0` first; `nil` when there are not eight.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        self.init(bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Eight bytes as they travel on air, `E0` last; `nil` when there are not eight.
    package init?(onAir bytes: some BidirectionalCollection<UInt8>) {
        self.init(bytes.reversed())
    }

    /// Sixteen hexadecimal digits, `E0…`; `nil` for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = try? Hex.bytes(hex), let uid = TagUID(bytes) else { return nil }
        self = uid
    }

    /// Most significant byte (`E0`) first.
    package var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> (56 - 8 * $0)) }
    }

    /// Least significant byte first, as on air.
    package var onAir: [UInt8] { bytes.reversed() }

    /// The chip maker's number (ISO/IEC 7816-6): 04 NXP, 07 Texas Instruments, 02 STMicroelectronics.
    package var manufacturer: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 48) }
}

extension TagUID: CustomStringConvertible {
    package var description: String { Hex.string(bytes) }
}

extension TagUID: Comparable {
    package static func < (left: TagUID, right: TagUID) -> Bool { left.rawValue < right.rawValue }
}
