/// A 16-bit cyclic redundancy check with polynomial 1021, start FFFF, in the flavours readers and tags use.
///
/// The value is a number; which of its bytes goes first on the wire is up to the frame.
package struct CRC16: Sendable {
    private let table: [UInt16]
    private let reflected: Bool
    private let complement: UInt16

    private init(reflected: Bool, complement: Bool) {
        self.reflected = reflected
        self.complement = complement ? 0xFFFF : 0
        table = (0..<256).map { index in
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
    }

    /// FEIG and RL866 frames: reflected, no final complement (CRC-16/MCRF4XX).
    package static let feig = CRC16(reflected: true, complement: false)
    /// ISO 15693 frames on air: reflected, complemented (CRC-16/X-25).
    package static let air = CRC16(reflected: true, complement: true)
    /// ISO 28560-3 basic blocks: forward, no complement (CCITT-FALSE).
    package static let basicBlock = CRC16(reflected: false, complement: false)
    /// 3M frames and the UHF bank: forward, complemented (CRC-16/GENIBUS).
    package static let genibus = CRC16(reflected: false, complement: true)

    package func value(_ bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.withContiguousStorageIfAvailable(value) ?? Array(bytes).withUnsafeBufferPointer(value)
    }

    private func value(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt16 {
        var register: UInt16 = 0xFFFF
        if reflected {
            for byte in bytes {
                register = register >> 8 ^ table[Int(UInt8(truncatingIfNeeded: register) ^ byte)]
            }
        } else {
            for byte in bytes {
                register = register << 8 ^ table[Int(UInt8(truncatingIfNeeded: register >> 8) ^ byte)]
            }
        }
        return register ^ complement
    }
}
