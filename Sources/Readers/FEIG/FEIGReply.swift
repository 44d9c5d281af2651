package import Wire

/// A reader's answer with its status taken from the front of the payload.
package struct FEIGReply: Hashable, Sendable {
    package var style: FEIGFrame.Style
    package var address: UInt8
    package var command: UInt8
    package var status: FEIGStatus
    /// What stands behind the status; meaningful only where ``FEIGStatus/carriesAnswer`` or the tag refused.
    package var data: [UInt8]

    package init(
        style: FEIGFrame.Style,
        address: UInt8,
        command: UInt8,
        status: FEIGStatus,
        data: [UInt8] = []
    ) {
        self.style = style
        self.address = address
        self.command = command
        self.status = status
        self.data = data
    }
}

extension FEIGReply {
    package init(_ frame: FEIGFrame) throws(ParseError) {
        var reader = ByteReader(frame.payload)
        status = FEIGStatus(code: try reader.byte("status"))
        data = Array(reader.rest())
        style = frame.style
        address = frame.address
        command = frame.command
    }

    /// The reply as it goes on the line.
    package var frame: FEIGFrame {
        FEIGFrame(style: style, address: address, command: command, payload: [status.code] + data)
    }
}
