/// A reader's antenna: ISO 15693 frames out, what the tags in the field answer in.
///
/// Implemented by the simulated field; used by the twins, whose firmware does on it what a real reader does on air.
package protocol Air: Sendable {
    /// Sends a request frame, CRC included, and listens. Silence, one understood frame, or a mess.
    mutating func send(_ frame: [UInt8]) -> AirAnswer

    /// Sends a lone end of frame: opens the next of the 16 inventory slots, or fetches the answer to a write with the
    /// option flag.
    mutating func endOfFrame() -> AirAnswer

    /// Lets time pass without sending anything: a tag may be programming.
    mutating func wait(_ time: Duration)

    /// Switches the field; off for a moment puts every tag back to its start.
    mutating func setField(on: Bool)
}

extension Air {
    /// An antenna without a clock has nothing to wait for.
    package mutating func wait(_ time: Duration) {}
}

/// What an antenna hears in one slot.
package enum AirAnswer: Hashable, Sendable {
    case silence
    /// One frame, CRC included; whether the CRC is right is for the listener to check.
    case frame([UInt8])
    /// Energy that is no frame: two tags at once, or noise.
    case collision
}
