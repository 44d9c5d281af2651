/// Reads at twice the data rate, for ST's chips that can (iso15693 §9): the numbers stand as in the standard's own
/// reads.
extension ST {
    /// C0: one block.
    package struct FastReadSingleBlock: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xC0

        package let parameters: [UInt8]

        /// One byte on air: the block's number.
        package init(block: UInt8) {
            parameters = [block]
        }
    }

    /// C3: several blocks.
    package struct FastReadMultipleBlocks: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xC3

        package let parameters: [UInt8]

        /// `nil` when the range does not lie in 0 to 255.
        package init?(first: Int, count: Int) {
            guard let first = UInt8(exactly: first), 1...256 ~= count else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }
    }

    /// C4: one block of a memory with more than 256 of them; NXP has another command under this code.
    package struct FastExtendedReadSingleBlock: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xC4

        package let parameters: [UInt8]

        /// Two bytes on air: the block's number, least significant byte first.
        package init(block: UInt16) {
            parameters = block.lowByteFirst
        }
    }

    /// C5: several blocks of such a memory.
    package struct FastExtendedReadMultipleBlocks: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xC5

        package let parameters: [UInt8]

        /// `nil` when the range does not lie in 0 to 65535.
        package init?(first: Int, count: Int) {
            guard let first = UInt16(exactly: first), 1...65536 ~= count else { return nil }
            parameters = first.lowByteFirst + UInt16(truncatingIfNeeded: count - 1).lowByteFirst
        }
    }
}

extension UInt16 {
    fileprivate var lowByteFirst: [UInt8] { [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)] }
}
