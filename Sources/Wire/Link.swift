/// A duplex byte pipe to a device: serial line, TCP connection, USB endpoints, loopback or a replayed recording.
///
/// A link is owned by exactly one loop and closes when it is let go.
package protocol Link: ~Copyable, Sendable {
    /// Hands all bytes to the device.
    mutating func send(_ bytes: [UInt8]) async throws(LinkError)

    /// Waits for the next bytes, at least one; throws ``LinkError/timedOut`` when none came in time
    /// and ``LinkError/closed`` at the end of the stream.
    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8]

    /// Time since some fixed point, on the clock by which ``receive(within:)`` waits: the machine's, or that of a
    /// simulation.
    ///
    /// Mutating like the others: the compiler (6.3) takes a borrowing call on a stored link for its consumption.
    mutating func uptime() -> Duration
}

extension Link where Self: ~Copyable {
    package mutating func uptime() -> Duration { ContinuousClock.now - machineStart }
}

private let machineStart = ContinuousClock.now

/// Why a link could not be opened or used.
package enum LinkError: Error, Hashable, Sendable {
    /// The other end is gone: cable pulled, connection closed, terminal hung up.
    case closed
    /// Nothing came within the time allowed.
    case timedOut
    /// There is no such device: not plugged in, no driver, or nobody listens there.
    case absent(device: String, hint: String)
    /// The device is there but may not be used; the reason says by whom or why, with its remedy.
    case refused(reason: String, hint: String)
    /// The operating system said no.
    case system(errno: Int32, call: String, meaning: String)
}

extension LinkError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .closed: "link closed by the other end"
        case .timedOut: "no answer in time"
        case .absent(let device, _): "\(device): not there"
        case .refused(let reason, _): reason
        case .system(let errno, let call, let meaning): "\(call): \(meaning) (errno \(errno))"
        }
    }

    /// What somebody at the desk can do about it.
    package var hint: String? {
        switch self {
        case .absent(_, let hint), .refused(_, let hint): hint
        case .closed, .timedOut, .system: nil
        }
    }
}
