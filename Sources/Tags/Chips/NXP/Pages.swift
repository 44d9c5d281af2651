package import Wire

/// Protection of parts of the memory by password (iso15693 §7.3, §7.5).
extension NXP {
    /// B6 on ICODE SLIX2: memory below and from `firstHighBlock` on, each closed to reading or writing or both.
    package struct ProtectPage: CustomCommand {
        /// What asks for a password, one bit each; nothing does when none is set.
        package struct Conditions: OptionSet, Hashable, Sendable {
            package let rawValue: UInt8

            package init(rawValue: UInt8) {
                self.rawValue = rawValue
            }

            /// 01: reading below the first high block asks for the read password.
            package static let readLow = Conditions(rawValue: 0x01)
            /// 02: writing below the first high block asks for the write password.
            package static let writeLow = Conditions(rawValue: 0x02)
            /// 10: reading from the first high block on asks for the read password.
            package static let readHigh = Conditions(rawValue: 0x10)
            /// 20: writing from the first high block on asks for the write password.
            package static let writeHigh = Conditions(rawValue: 0x20)
        }

        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB6

        package let parameters: [UInt8]

        /// Two bytes on air: the block, then the conditions.
        package init(firstHighBlock: UInt8, _ conditions: Conditions, _ consent: Consent) {
            parameters = [firstHighBlock, conditions.rawValue]
        }
    }

    /// B6 on ICODE SLI-S and SLIX-S: one page of four blocks.
    package struct ProtectPageOfS: CustomCommand {
        /// The status of a page: what reading and writing ask for.
        package enum Access: UInt8, Hashable, Sendable, CaseIterable {
            case open = 0x00
            case readAndWriteByReadPassword = 0x01
            case writeByWritePassword = 0x10
            case separatePasswords = 0x11
        }

        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB6

        package let parameters: [UInt8]

        /// Two bytes on air: the page, counted from 0, then its status.
        package init(page: UInt8, _ access: Access, _ consent: Consent) {
            parameters = [page, access.rawValue]
        }
    }

    /// B7: a page's protection stays as it is for ever.
    package struct LockPageProtection: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB7

        package let parameters: [UInt8]

        /// One byte on air: the page, counted from 0.
        package init(page: UInt8, _ consent: Consent) {
            parameters = [page]
        }
    }

    /// B8: what protects each block, on ICODE SLI-S and SLIX-S.
    package struct GetBlockProtection: CustomCommand {
        /// One byte for each block.
        package struct Protection: OptionSet, Hashable, Sendable {
            package let rawValue: UInt8

            package init(rawValue: UInt8) {
                self.rawValue = rawValue
            }

            /// Bit 0: the block is locked.
            package static let locked = Protection(rawValue: 0x01)
            /// Bit 1: reading asks for the read password.
            package static let readByPassword = Protection(rawValue: 0x02)
            /// Bit 2: writing asks for the write password.
            package static let writeByPassword = Protection(rawValue: 0x04)
            /// Bit 3: the protection of its page is fixed, B7.
            package static let pageLocked = Protection(rawValue: 0x08)
        }

        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB8

        package let parameters: [UInt8]

        /// `nil` when the range does not lie in 0 to 255.
        package init?(first: Int, count: Int) {
            guard let first = UInt8(exactly: first), 1...256 ~= count else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [Protection] {
            reader.rest().map { Protection(rawValue: $0) }
        }
    }
}
