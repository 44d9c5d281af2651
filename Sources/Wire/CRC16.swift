/// A 16-bit cyclic redundancy check with polynomial 1021, start FFFF, in the flavours readers and tags use.
///
/// The value is a number; which of its bytes goes first on the wire is up to the frame.
package struct CRC16: Sendable {
    /// Bytes taken in one step.
    private static let stride = 8
    /// After so many zero bytes any register is back where it was: 1021 is x + 1 times a primitive polynomial of
    /// degree 15, and a byte's eight steps share no divisor with 2¹⁵ - 1.
    private static let period = 0x7FFF

    /// At `256 * n + byte`: what the byte leaves in an empty register when `n` zero bytes follow it.
    private let table: [UInt16]
    /// At `16 * n + bit`: what a register with only this bit set becomes once 2ⁿ zero bytes went through it.
    private let zeros: [UInt16]
    private let reflected: Bool
    private let complement: UInt16

    private init(reflected: Bool, complement: Bool) {
        self.reflected = reflected
        self.complement = complement ? 0xFFFF : 0
        var table = (0..<256).map { index in
            var register = reflected ? UInt16(index) : UInt16(index) << 8
            for _ in 0..<8 {
                if reflected {
                    register = register & 1 == 1 ? register >> 1 ^ 0x8408 : register >> 1
                } else {
                    register = register & 0x8000 != 0 ? register << 1 ^ 0x1021 : register << 1
                }
            }
            return register
        }
        for index in 256..<(256 * Self.stride) {
            let shorter = table[index - 256]
            table.append(
                reflected ? shorter >> 8 ^ table[Int(shorter & 0xFF)] : shorter << 8 ^ table[Int(shorter >> 8)]
            )
        }
        self.table = table
        var zeros = (0..<16).map { bit -> UInt16 in
            let register = UInt16(1) << bit
            return reflected
                ? register >> 8 ^ table[Int(register & 0xFF)] : register << 8 ^ table[Int(register >> 8)]
        }
        while 1 << (zeros.count / 16) < Self.period {
            let half = zeros[(zeros.count - 16)...]
            zeros += half.map { Self.register($0, through: half) }
        }
        self.zeros = zeros
    }

    /// FEIG and RL866 frames: reflected, no final complement (CRC-16/MCRF4XX).
    package static let feig = CRC16(reflected: true, complement: false)
    /// ISO 15693 frames on air: reflected, complemented (CRC-16/X-25).
    package static let air = CRC16(reflected: true, complement: true)
    /// ISO 28560-3 basic blocks: forward, no complement (CCITT-FALSE).
    package static let basicBlock = CRC16(reflected: false, complement: false)
    /// 3M frames and the UHF bank: forward, complemented (CRC-16/GENIBUS).
    package static let genibus = CRC16(reflected: false, complement: true)

    /// The check value over the bytes, complemented where this kind of frame wants it; which of its bytes goes first,
    /// the frame says.
    package func value(_ bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.withContiguousStorageIfAvailable { value(contiguous: $0) }
            ?? Array(bytes).withUnsafeBufferPointer { value(contiguous: $0) }
    }

    /// The same over bytes that are looked at in place.
    package func value(_ bytes: Span<UInt8>) -> UInt16 {
        bytes.withUnsafeBufferPointer { value(contiguous: $0) }
    }

    /// Eight bytes at a time: each of them goes through the register alone, and what they leave is added up. The first
    /// two meet what is in the register, the one that is shifted out first being its low half when reflected.
    private func value(contiguous bytes: UnsafeBufferPointer<UInt8>) -> UInt16 {
        table.withUnsafeBufferPointer { table in
            var register: UInt16 = 0xFFFF
            var position = 0
            while position + Self.stride <= bytes.count {
                let (first, second) = reflected ? (register, register >> 8) : (register >> 8, register)
                register =
                    table[1792 + Int(bytes[position] ^ UInt8(truncatingIfNeeded: first))]
                    ^ table[1536 + Int(bytes[position + 1] ^ UInt8(truncatingIfNeeded: second))]
                    ^ table[1280 + Int(bytes[position + 2])] ^ table[1024 + Int(bytes[position + 3])]
                    ^ table[768 + Int(bytes[position + 4])] ^ table[512 + Int(bytes[position + 5])]
                    ^ table[256 + Int(bytes[position + 6])] ^ table[Int(bytes[position + 7])]
                position += Self.stride
            }
            while position < bytes.count {
                register =
                    reflected
                    ? register >> 8 ^ table[Int(UInt8(truncatingIfNeeded: register) ^ bytes[position])]
                    : register << 8 ^ table[Int(UInt8(truncatingIfNeeded: register >> 8) ^ bytes[position])]
                position += 1
            }
            return register ^ complement
        }
    }
}

/// The check value of any stretch of a line of bytes without going through the stretch again.
///
/// The register is kept behind each byte; what went in front of the stretch is taken out by letting as many zero bytes
/// follow it as the stretch has bytes, for what a byte leaves does not depend on the others.
extension CRC16 {
    /// The register behind one byte more; where it began does not matter to ``value(from:to:count:)``.
    package func register(_ register: UInt16, behind byte: UInt8) -> UInt16 {
        reflected
            ? register >> 8 ^ table[Int(UInt8(truncatingIfNeeded: register) ^ byte)]
            : register << 8 ^ table[Int(UInt8(truncatingIfNeeded: register >> 8) ^ byte)]
    }

    /// The check value over the `count` bytes between two registers: the same as ``value(_:)`` of them, and in the same
    /// time however many they are.
    package func value(from before: UInt16, to behind: UInt16, count: Int) -> UInt16 {
        var front = before ^ 0xFFFF
        var left = max(0, count) % Self.period
        var start = 0
        while left > 0 {
            if left & 1 == 1 { front = Self.register(front, through: zeros[start..<(start + 16)]) }
            left >>= 1
            start += 16
        }
        return behind ^ front ^ complement
    }

    /// What becomes of a register when each of its bits becomes what stands at its place.
    private static func register(_ register: UInt16, through bits: ArraySlice<UInt16>) -> UInt16 {
        var sum: UInt16 = 0
        var rest = register
        for bit in bits {
            if rest & 1 == 1 { sum ^= bit }
            rest >>= 1
        }
        return sum
    }
}
