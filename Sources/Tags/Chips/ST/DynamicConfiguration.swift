package import Wire

/// Registers of ST25DV that forget with the power what they were set to (iso15693 §9, maker's driver).
extension ST {
    /// AD, at twice the rate CD: one register.
    package struct ReadDynamicConfiguration<Rate: STRate>: CustomCommand {
        package static var manufacturer: Manufacturer { .st }
        package static var code: UInt8 { 0xAD + Rate.offset }

        package let parameters: [UInt8]

        /// One byte on air: the register's number.
        package init(register: UInt8) {
            parameters = [register]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> UInt8 {
            try reader.byte("register")
        }
    }

    /// AE, at twice the rate CE: sets one.
    package struct WriteDynamicConfiguration<Rate: STRate>: CustomCommand {
        package typealias Answer = Acknowledgement
        package static var manufacturer: Manufacturer { .st }
        package static var code: UInt8 { 0xAE + Rate.offset }

        package let parameters: [UInt8]

        /// Two bytes on air: the register's number, then its value.
        package init(register: UInt8, value: UInt8) {
            parameters = [register, value]
        }
    }
}
