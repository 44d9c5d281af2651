import Readers
import Wire

extension ReaderError {
    /// Opens the line to a reader; of one that cannot be opened it is told as of one that breaks later.
    static func opened(
        _ open: @Sendable () async throws(LinkError) -> any Link & ~Copyable
    ) async throws(ReaderError) -> any Link & ~Copyable {
        do throws(LinkError) {
            return try await open()
        } catch {
            throw .link(error)
        }
    }

    /// Whether the line itself is gone, so that only opening it afresh can help.
    var meansGone: Bool {
        switch self {
        case .link(.timedOut): false
        case .link: true
        case .malformed, .noReply, .refused, .tagLost, .unsupported: false
        }
    }

    /// What staff can do about a reader that cannot be used.
    var hint: String? {
        switch self {
        case .link(.absent(_, let hint)), .link(.refused(_, let hint)): hint
        case .link(.closed): "look at the cable; the reader is taken back by itself when it returns"
        case .link(.timedOut), .noReply: "is the reader switched on and is this the right port and parity"
        case .link(.system): "does the device exist; see `pressmark status` for where it is expected"
        case .malformed: "another kind of device may be on this port; compare with the configured driver"
        case .refused: deviceHint
        case .tagLost, .unsupported: nil
        }
    }
}
