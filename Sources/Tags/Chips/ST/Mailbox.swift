package import Wire

/// The mailbox of ST25DV, 256 bytes between the air and a processor behind the tag (iso15693 §9, maker's driver). Each
/// command has a twin that answers at twice the data rate.
extension ST {
    /// AA: lays a message down.
    package struct WriteMessage: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xAA

        package let parameters: [UInt8]

        /// `nil` unless there are 1 to 256 bytes.
        package init?(_ message: [UInt8]) {
            guard 1...256 ~= message.count else { return nil }
            parameters = [UInt8(truncatingIfNeeded: message.count - 1)] + message
        }
    }

    /// AB: how many bytes lie there.
    package struct ReadMessageLength: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xAB

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> Int {
            Int(try reader.byte("message length")) + 1
        }
    }

    /// AC: takes bytes of the message.
    package struct ReadMessage: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xAC

        package let parameters: [UInt8]

        /// `nil` when the bytes do not lie in the mailbox.
        package init?(first: UInt8 = 0, count: Int = 256) {
            guard count >= 1, Int(first) + count <= 256 else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
            Array(reader.rest())
        }
    }

    /// CA: ``WriteMessage`` at twice the rate.
    package struct FastWriteMessage: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xCA

        package let parameters: [UInt8]

        /// `nil` unless there are 1 to 256 bytes.
        package init?(_ message: [UInt8]) {
            guard 1...256 ~= message.count else { return nil }
            parameters = [UInt8(truncatingIfNeeded: message.count - 1)] + message
        }
    }

    /// CB: ``ReadMessageLength`` at twice the rate.
    package struct FastReadMessageLength: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xCB

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> Int {
            Int(try reader.byte("message length")) + 1
        }
    }

    /// CC: ``ReadMessage`` at twice the rate.
    package struct FastReadMessage: CustomCommand {
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xCC

        package let parameters: [UInt8]

        /// `nil` when the bytes do not lie in the mailbox.
        package init?(first: UInt8 = 0, count: Int = 256) {
            guard count >= 1, Int(first) + count <= 256 else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
            Array(reader.rest())
        }
    }
}
