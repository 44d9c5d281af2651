/// What goes wrong with one answer of the emulated library system.
package enum LibrarySystemFault: String, Hashable, Sendable, CaseIterable {
    /// The answer comes, but late.
    case slow
    /// One digit of the checksum is wrong.
    case wrongChecksum = "wrong-checksum"
    /// Half of the line comes and nothing more.
    case halfLine = "half-line"
    /// The request is carried out and the answer never comes.
    case silence
    /// The request is carried out and the connection is closed instead of an answer.
    case drop
    /// The connection is closed before anything is done.
    case dropBefore = "drop-before"
    /// It asks for the request again.
    case resend
    /// The answer to the request before comes instead.
    case stale
    /// The answer comes twice.
    case twice
    /// Bytes that are no message.
    case garbage
    /// Nobody answers calls: new connections are refused.
    case refuse
}
