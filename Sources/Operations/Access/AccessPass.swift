package import Library

/// By what somebody was let in; ``AccessRoom/isGood(_:)`` knows whether it lets anybody in still.
package enum AccessPass: Hashable, Sendable {
    /// The number of a token.
    case token(AccessToken.ID)
    /// What a session is known by: it opens whatever its token does, and stands in no log.
    case session(String)
}
