package import Wire

/// Registers of ST25DV that forget with the power what they were set to (iso15693 §9, maker's driver).
extension ST {
    /// AD: one register.
    package struct ReadDynamicConfiguration: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xAD

        package let parameters: [UInt8]

        package init(register: UInt8) {
            parameters = [register]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> UInt8 {
            try reader.byte("register")
        }
    }

    /// AE: sets one.
    package struct WriteDynamicConfiguration: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xAE

        package let parameters: [UInt8]

        package init(register: UInt8, value: UInt8) {
            parameters = [register, value]
        }
    }

    /// CD: ``ReadDynamicConfiguration`` at twice the rate.
    package struct FastReadDynamicConfiguration: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xCD

        package let parameters: [UInt8]

        package init(register: UInt8) {
            parameters = [register]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> UInt8 {
            try reader.byte("register")
        }
    }

    /// CE: ``WriteDynamicConfiguration`` at twice the rate.
    package struct FastWriteDynamicConfiguration: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xCE

        package let parameters: [UInt8]

        package init(register: UInt8, value: UInt8) {
            parameters = [register, value]
        }
    }
}
