package import API
import Foundation
package import NIOCore

/// Text of the event stream (WHATWG HTML, 9.2 server-sent events).
package enum EventFrame {
    /// Sent first: how long a browser waits before it opens a broken stream again, in milliseconds.
    package static let opening = ByteBuffer(string: "retry: 2000\n\n")

    /// Sent when there is nothing to say, so that both sides notice a dead line.
    package static let heartbeat = ByteBuffer(string: ": still here\n\n")

    /// An event under its name. JSON has no line ends, so its data is one line.
    package static func event(_ event: Event) throws -> ByteBuffer {
        var buffer = ByteBuffer(string: "event: \(event.name)\ndata: ")
        buffer.writeBytes(try JSON.encode(event))
        buffer.writeString("\n\n")
        return buffer
    }
}
