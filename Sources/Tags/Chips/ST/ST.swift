package import Wire

/// STMicroelectronics' own commands (iso15693 §9). The same codes as NXP's mean other things: A6 kills here.
package enum ST {
    /// B4: a random number that covers the next password; NXP has it under B2.
    package struct GetRandomNumber: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xB4

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
            Array(try reader.bytes(2, "random number"))
        }
    }

    /// A0: one configuration register.
    package struct ReadConfiguration: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA0

        package let parameters: [UInt8]

        /// One byte on air: the register's number.
        package init(register: UInt8) {
            parameters = [register]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> UInt8 {
            try reader.byte("register")
        }
    }

    /// A1: sets a configuration register, after the configuration password (number 3) was given.
    package struct WriteConfiguration: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA1

        package let parameters: [UInt8]

        /// Two bytes on air: the register's number, then its value.
        package init(register: UInt8, value: UInt8) {
            parameters = [register, value]
        }
    }

    /// A6: the tag is silent for ever. Never with the option flag (ST25TV02K).
    package struct Kill: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA6

        package let parameters: [UInt8]

        /// `nil` unless the covered password has four bytes.
        package init?(coveredPassword: [UInt8], _ consent: Consent) {
            guard coveredPassword.count == 4 else { return nil }
            parameters = coveredPassword
        }
    }

    /// B2: the tag can never be killed from now on.
    package struct LockKill: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xB2

        package init(_ consent: Consent) {}
    }

    /// A9: sets the output pin of ST25DV by hand: bit 7 switches it on (maker's driver).
    package struct ManageOutput: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA9

        package let parameters: [UInt8]

        /// One byte on air, of which bit 7 alone is known.
        package init(_ value: UInt8) {
            parameters = [value]
        }
    }
}
