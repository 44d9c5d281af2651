package import Wire

/// B1: a chip maker's own command, above all the EAS bit. CPR.M02 firmware of the H20800 generation lost it (M-CPR).
package struct FEIGCustom: FEIGCommand {
    package static let code = FEIGCommandCode.custom
    package typealias Reply = FEIGBytes

    /// IC manufacturer code: 04 NXP, 02 ST, 07 TI.
    package var manufacturer: UInt8
    /// The maker's command code, A0 to DF.
    package var custom: UInt8
    /// MODE and, when addressed, the UID.
    package var address: FEIGTagAddress
    /// What the maker's command takes behind the UID; empty for the EAS commands A2 to A5.
    package var parameters: [UInt8]

    package init(manufacturer: UInt8, custom: UInt8, address: FEIGTagAddress, parameters: [UInt8] = []) {
        self.manufacturer = manufacturer
        self.custom = custom
        self.address = address
        self.parameters = parameters
    }

    /// MFR, CMD, MODE, the UID when addressed; what is left are the maker's parameters.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        manufacturer = try reader.byte("manufacturer")
        custom = try reader.byte("custom command")
        address = try FEIGTagAddress(parsing: &reader)
        parameters = Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(manufacturer)
        writer.byte(custom)
        address.write(to: &writer)
        writer.bytes(parameters)
    }
}

/// BF: hands a request of ours to the tag as it is; the reader adds the checksum on air and gives back the tag's answer
/// with its own (M-CPR, SIEMENS).
package struct FEIGTransparent: FEIGCommand {
    package static let code = FEIGCommandCode.transparent
    package typealias Reply = FEIGBytes

    /// What the reader does about the answer.
    package enum Mode: Hashable, Sendable {
        case read
        /// The reader waits for the tag to answer by itself.
        case write
        /// The reader sends a lone end of frame after this delay, in units of 590 ns; 846A is 20 ms.
        case writeWithOption(delay: UInt16)
        /// In one slot the reader gives what it heard; of sixteen it opens each by a lone end of frame after this delay,
        /// in units of 590 ns, and gives the answers of the length asked for (M-MR200).
        case inventory(delay: UInt16)
    }

    /// MODE 01 to 04: whether the tag only reads, programs its memory or tells that it is there, and who ends its wait.
    package var mode: Mode
    /// Bits the tag answers between start and end of frame, checksum included.
    package var responseBits: UInt16
    /// Reader's own time unit; 021F is what the manuals use.
    package var responseDelay: UInt16
    /// Flags, command and parameters as on air, without checksum.
    package var request: [UInt8]

    package init(mode: Mode, responseBits: UInt16, responseDelay: UInt16 = 0x021F, request: [UInt8]) {
        self.mode = mode
        self.responseBits = responseBits
        self.responseDelay = responseDelay
        self.request = request
    }

    /// Throws on a MODE other than 01 to 04; polling and raw forms are not used.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let code = try reader.byte("mode")
        responseBits = try reader.uint16("response length")
        responseDelay = try reader.uint16("response delay")
        switch code {
        case 1: mode = .read
        case 2: mode = .write
        case 3: mode = .writeWithOption(delay: try reader.uint16("end of frame delay"))
        case 4: mode = .inventory(delay: try reader.uint16("end of frame delay"))
        default: throw .invalid(field: "mode", offset: 0, found: Hex.string(code), wanted: "01, 02, 03 or 04")
        }
        request = Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        switch mode {
        case .read: writer.byte(1)
        case .write: writer.byte(2)
        case .writeWithOption: writer.byte(3)
        case .inventory: writer.byte(4)
        }
        writer.uint16(responseBits)
        writer.uint16(responseDelay)
        switch mode {
        case .read, .write: break
        case .writeWithOption(let delay), .inventory(let delay): writer.uint16(delay)
        }
        writer.bytes(request)
    }
}
