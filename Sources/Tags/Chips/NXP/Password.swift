package import Wire

/// Passwords of ICODE chips (iso15693 §7.5): four opaque bytes in air order, covered with a random number on their way.
extension NXP {
    /// Which password; not every chip has every one.
    package enum PasswordIdentifier: UInt8, Hashable, Sendable, CaseIterable {
        case read = 0x01
        case write = 0x02
        case privacy = 0x04
        case destroy = 0x08
        /// Theft bit and AFI; the only one of ICODE SLIX.
        case easAFI = 0x10
    }

    /// Four bytes in air order. Never written to a log.
    package struct Password: Hashable, Sendable {
        /// Always four.
        package let bytes: [UInt8]

        /// `nil` unless there are four bytes.
        package init?(_ bytes: [UInt8]) {
            guard bytes.count == 4 else { return nil }
            self.bytes = bytes
        }

        private init(repeating byte: UInt8) {
            bytes = [UInt8](repeating: byte, count: 4)
        }

        /// What the maker delivers: zeros, but `0F0F0F0F` for privacy and destroy.
        package static func factory(_ identifier: PasswordIdentifier) -> Password {
            switch identifier {
            case .privacy, .destroy: Password(repeating: 0x0F)
            case .read, .write, .easAFI: Password(repeating: 0x00)
            }
        }

        /// The password covered with the tag's random number: its two bytes laid over the four twice.
        package func covered(with random: RandomNumber) -> [UInt8] {
            bytes.enumerated().map { index, byte in byte ^ (index.isMultiple(of: 2) ? random.first : random.second) }
        }
    }

    /// Two bytes from the tag, in air order, good for one password.
    package struct RandomNumber: Hashable, Sendable {
        /// Laid over the first and the third byte of a password.
        package let first: UInt8
        /// Laid over the second and the fourth byte of a password.
        package let second: UInt8

        package init(_ first: UInt8, _ second: UInt8) {
            self.first = first
            self.second = second
        }
    }

    /// B2: a fresh random number; ask anew before every command that carries a covered password.
    package struct GetRandomNumber: CustomCommand {
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB2

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> RandomNumber {
            RandomNumber(try reader.byte("random number"), try reader.byte("random number"))
        }
    }

    /// B3: gives a password, once for each time the tag is in the field. A wrong one mutes the tag until the field is
    /// switched off, so no answer means wrong.
    package struct SetPassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB3

        package let parameters: [UInt8]

        /// Five bytes on air: the identifier, then the password covered with `random`.
        package init(_ identifier: PasswordIdentifier, _ password: Password, random: RandomNumber) {
            parameters = [identifier.rawValue] + password.covered(with: random)
        }
    }

    /// B4: sets a new password, in the clear, after the old one was given. The new one counts at once and must be given
    /// again. Not undone by itself: who forgets it has lost the tag's protection for ever.
    package struct WritePassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB4

        package let parameters: [UInt8]

        /// Five bytes on air: the identifier, then the new password as it is.
        package init(_ identifier: PasswordIdentifier, _ password: Password) {
            parameters = [identifier.rawValue] + password.bytes
        }
    }

    /// B5: the password stays as it is for ever.
    package struct LockPassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB5

        package let parameters: [UInt8]

        /// One byte on air: the identifier.
        package init(_ identifier: PasswordIdentifier, _ consent: Consent) {
            parameters = [identifier.rawValue]
        }
    }

    /// BB: read and write password count together, as one of 64 bits, for ever.
    package struct JoinPasswords: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xBB

        package init(_ consent: Consent) {}
    }
}
