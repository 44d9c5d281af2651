package import Library

/// Over which line requests come in, and what somebody may do there who shows no token.
package enum Door: Hashable, Sendable {
    /// Programs and browsers on this machine; `nil`: nothing without a token.
    case loopback(AccessRole?)
}
