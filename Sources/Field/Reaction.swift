package import Tags

/// What a tag does about a request.
package enum Reaction: Hashable, Sendable {
    case silent
    /// Answers by itself: at the nominal time, or after programming for `writing`.
    case answers([UInt8], writing: Duration?, rate: ISO15693.DataRate)
    /// Keeps this answer until a lone end of frame, after programming for `writing`.
    case answersOnEndOfFrame([UInt8], writing: Duration, rate: ISO15693.DataRate)

    /// The answer's content without check bytes, whenever it comes.
    package var content: [UInt8]? {
        switch self {
        case .silent: nil
        case .answers(let content, _, _), .answersOnEndOfFrame(let content, _, _): content
        }
    }
}

/// What came of a command inside the tag.
enum Outcome: Hashable, Sendable {
    case response(ISO15693.Response)
    /// Refused with this code; what the tag says of it is up to its chip.
    case refused(UInt8)
    /// No answer, whoever asked.
    case silent
}

extension Outcome {
    static let done = Outcome.response(.done)
    static let unsupported = Outcome.refused(0x01)
    static let unrecognised = Outcome.refused(0x02)
    static let optionUnsupported = Outcome.refused(0x03)
    static let failed = Outcome.refused(0x0F)
    static let noSuchBlock = Outcome.refused(0x10)
    static let alreadyLocked = Outcome.refused(0x11)
    static let blockLocked = Outcome.refused(0x12)
    static let protected = Outcome.refused(0x15)
}
