package import API
import Foundation
package import NIOCore

/// Text of the event stream (WHATWG HTML, 9.2 server-sent events).
package enum EventFrame {
    /// Sent first: how long a browser waits before it opens a broken stream again, in milliseconds, and after which
    /// event it begins.
    package static func opening(after id: String) -> ByteBuffer { ByteBuffer(string: "retry: 2000\nid: \(id)\n\n") }

    /// Sent when there is nothing to say, so that both sides notice a dead line: an event, since a browser keeps comments
    /// from its page, and without an id, since there is nothing to go on from.
    package static let heartbeat = ByteBuffer(string: "event: alive\ndata: {}\n\n")

    /// Sent to whoever asks for events that are not kept any more, and to everybody when some were lost: what is known
    /// must be fetched anew.
    package static func reset(_ id: String) -> ByteBuffer {
        ByteBuffer(string: "id: \(id)\nevent: reset\ndata: {}\n\n")
    }

    /// An event under its number and name. JSON has no line ends, so its data is one line.
    package static func event(_ event: Event, id: String) throws -> ByteBuffer {
        var buffer = ByteBuffer(string: "id: \(id)\nevent: \(event.name)\ndata: ")
        buffer.writeBytes(try JSON.encode(event))
        buffer.writeString("\n\n")
        return buffer
    }
}
