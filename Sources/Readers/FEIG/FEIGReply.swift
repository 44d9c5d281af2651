package import Wire

/// A reader's answer with its status taken from the front of the payload.
package struct FEIGReply: Hashable, Sendable {
    /// That of the request as a rule; the answer to a standard request is advanced when it is too long otherwise.
    package var style: FEIGFrame.Style
    /// The reader's own bus address, 00 as a rule, also when the request said FF.
    package var address: UInt8
    /// The CMD byte of the request, repeated.
    package var command: UInt8
    /// First byte of the payload.
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
    /// Throws when the payload is empty, as in a request without data.
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
