package import Tags

/// What a write came to, told from reading back and never from the answer to the write alone.
package enum WriteOutcome<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Read back and found as wanted; `old` is what was there before, `nil` when the tag did not tell.
    case verified(old: Value?, new: Value)
    /// Read back, or never sent, and not as wanted: `found` is what the tag holds.
    case notWritten(found: Value?, reason: WriteFailure)
    /// It was sent and could not be read back: nobody knows what the tag holds.
    case uncertain(reason: WriteFailure)

    /// Whether the tag is known to hold what was wanted.
    package var isVerified: Bool {
        if case .verified = self { return true }
        return false
    }
}

/// Why a write did not come out as wanted.
package enum WriteFailure: Hashable, Sendable {
    /// The tag refused the command.
    case refused(ISO15693.TagError)
    /// The tag said nothing against it and holds something else.
    case ignored
    /// A block that would have to change is locked.
    case locked(block: Int)
    /// The tag has no way to tell what it holds.
    case notReadable
    /// The reader lost the tag or failed itself.
    case reader(ReaderError)
}

extension WriteFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let error): "tag refused: \(error)"
        case .ignored: "tag kept its old value"
        case .locked(let block): "block \(block): found locked, wanted writable"
        case .notReadable: "tag does not tell what it holds"
        case .reader(let error): "\(error)"
        }
    }
}
