package import Wire

/// A request to a PR100 or MR100-U over USB: these take vendor control transfers on interface 1 instead of frames.
///
/// The command's first two data bytes ride in wIndex; the reply is a standard frame without LENGTH and checksum. From a
/// single source, for inventories; commands with more data are not known.
package struct FEIGControlTransfer: Hashable, Sendable {
    /// bRequest: the command.
    package var request: UInt8
    /// wValue, 0000 in all that is known.
    package var value: UInt16
    /// Sub-command in the high byte, MODE in the low one: 0100 for an inventory.
    package var index: UInt16

    package init(request: UInt8, value: UInt16 = 0, index: UInt16) {
        self.request = request
        self.value = value
        self.index = index
    }

    /// bmRequestType of an IN transfer to a vendor's interface.
    package static let requestType: UInt8 = 0xC1

    /// The transfer for a command; `nil` for one with more data than fit.
    package init?(_ command: some FEIGCommand) {
        let data = command.bytes
        guard data.count <= 2 else { return nil }
        self.init(
            request: type(of: command).code.rawValue,
            index: UInt16(data.first ?? 0) << 8 | UInt16(data.dropFirst().first ?? 0)
        )
    }

    /// The most bytes asked for: 25 tags in one reply, as in a frame.
    private static let longestReply: UInt16 = 256

    /// The setup packet that starts the transfer (USB 2.0, 9.3): multi-byte fields go least significant byte first.
    package var setup: [UInt8] {
        var writer = ByteWriter(reserving: 8)
        writer.byte(Self.requestType)
        writer.byte(request)
        writer.uint16LittleEndian(value)
        writer.uint16LittleEndian(index)
        writer.uint16LittleEndian(Self.longestReply)
        return writer.bytes
    }

    /// The transfer that a setup packet starts; `nil` for one to another recipient.
    package init?(setup: [UInt8]) {
        guard setup.count == 8, setup[0] == Self.requestType else { return nil }
        self.init(
            request: setup[1],
            value: UInt16(setup[3]) << 8 | UInt16(setup[2]),
            index: UInt16(setup[5]) << 8 | UInt16(setup[4])
        )
    }

    /// The reply in the transfer's buffer: address, command, status, data.
    package static func reply(_ buffer: [UInt8]) throws(ParseError) -> FEIGReply {
        var reader = ByteReader(buffer)
        return FEIGReply(
            style: .standard,
            address: try reader.byte("address"),
            command: try reader.byte("command"),
            status: FEIGStatus(code: try reader.byte("status")),
            data: Array(reader.rest())
        )
    }
}
