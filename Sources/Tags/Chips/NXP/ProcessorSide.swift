package import Wire

/// What NTAG 5 and ICODE 3 have beyond the chips of libraries (iso15693 §7.3, marked B: seen in makers' drivers, not on
/// air). Answers that no source describes are given as they came.
extension NXP {
    /// C2: gives itself a random number instead of its UID until the next power-up.
    package struct PickRandomIdentifier: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xC2

        package init() {}
    }

    /// C4: what the tamper loop of ICODE 3 says; ST has another command under this code.
    package struct ReadTamper: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xC4

        package init() {}
    }

    /// D0: which data rates and answer times the tag offers.
    package struct ParameterRequest: CustomCommand {
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD0

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> AirParameters {
            AirParameters(rates: try reader.byte("data rates"), timing: try reader.byte("timing"))
        }
    }

    /// D1: chooses data rates and answer time until the next power-up.
    package struct ParameterSelect: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD1

        package let parameters: [UInt8]

        /// Two bytes on air: rates, then timing, chosen from the answer to ``ParameterRequest``.
        package init(_ chosen: AirParameters) {
            parameters = [chosen.rates, chosen.timing]
        }
    }

    /// Two bytes of flags. Rates: the tag's in the upper four bits, the reader's in the lower (106, 212 kbit/s and so
    /// on); timing: the least time before an answer, down to 160.5 or 80.2 µs.
    package struct AirParameters: Hashable, Sendable {
        /// First byte: data rates, the tag's above, the reader's below.
        package var rates: UInt8
        /// Second byte: the least time before an answer.
        package var timing: UInt8

        package init(rates: UInt8, timing: UInt8) {
            self.rates = rates
            self.timing = timing
        }
    }

    /// D2: blocks of the memory that forgets with the power.
    package struct ReadSRAM: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD2

        package let parameters: [UInt8]

        /// `nil` when the range does not lie in 0 to 255.
        package init?(first: Int, count: Int) {
            guard let first = UInt8(exactly: first), 1...256 ~= count else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }
    }

    /// D3: writes blocks of that memory.
    package struct WriteSRAM: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD3

        package let parameters: [UInt8]

        /// `nil` unless there are whole blocks of four bytes, 1 to 64 of them: the memory has 256 bytes.
        package init?(first: UInt8, data: [UInt8]) {
            guard 1...64 ~= data.count / 4, data.count.isMultiple(of: 4) else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: data.count / 4 - 1)] + data
        }
    }

    /// D4: writes to a device on the bus behind the tag.
    package struct WriteBus: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD4

        package let parameters: [UInt8]

        /// - Parameter device: its address of seven bits; bit 7 keeps the bus for the next command.
        ///
        /// `nil` unless there are 1 to 256 bytes.
        package init?(device: UInt8, data: [UInt8]) {
            guard 1...256 ~= data.count else { return nil }
            parameters = [device, UInt8(truncatingIfNeeded: data.count - 1)] + data
        }
    }

    /// D5: reads from a device on that bus.
    package struct ReadBus: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xD5

        package let parameters: [UInt8]

        /// `nil` unless 1 to 256 bytes are asked for.
        package init?(device: UInt8, count: Int) {
            guard 1...256 ~= count else { return nil }
            parameters = [device, UInt8(truncatingIfNeeded: count - 1)]
        }
    }
}
