package import Wire

/// At which data rate ST25DV answers: most of its commands stand twice, and the code says which it is.
package protocol STRate: Sendable {
    /// What the rate adds to the code of a command.
    static var offset: UInt8 { get }
}

extension ST {
    /// As the standard's own commands do.
    package enum PlainRate: STRate {
        /// AA to AE.
        package static let offset: UInt8 = 0x00
    }

    /// Twice as fast.
    package enum DoubleRate: STRate {
        /// CA to CE.
        package static let offset: UInt8 = 0x20
    }
}

/// The mailbox of ST25DV, 256 bytes between the air and a processor behind the tag (iso15693 §9, maker's driver).
extension ST {
    /// AA, at twice the rate CA: lays a message down.
    package struct WriteMessage<Rate: STRate>: CustomCommand {
        package typealias Answer = Acknowledgement
        package static var manufacturer: Manufacturer { .st }
        package static var code: UInt8 { 0xAA + Rate.offset }

        package let parameters: [UInt8]

        /// `nil` unless there are 1 to 256 bytes.
        package init?(_ message: [UInt8]) {
            guard 1...256 ~= message.count else { return nil }
            parameters = [UInt8(truncatingIfNeeded: message.count - 1)] + message
        }
    }

    /// AB, at twice the rate CB: how many bytes lie there.
    package struct ReadMessageLength<Rate: STRate>: CustomCommand {
        package static var manufacturer: Manufacturer { .st }
        package static var code: UInt8 { 0xAB + Rate.offset }

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> Int {
            Int(try reader.byte("message length")) + 1
        }
    }

    /// AC, at twice the rate CC: takes bytes of the message.
    package struct ReadMessage<Rate: STRate>: CustomCommand {
        package typealias Answer = [UInt8]
        package static var manufacturer: Manufacturer { .st }
        package static var code: UInt8 { 0xAC + Rate.offset }

        package let parameters: [UInt8]

        /// `nil` when the bytes do not lie in the mailbox.
        package init?(first: UInt8 = 0, count: Int = 256) {
            guard count >= 1, Int(first) + count <= 256 else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }
    }
}
