package import Library

/// Over which line requests come in, and what somebody may do there who shows no token.
package enum Door: Hashable, Sendable {
    /// Programs and browsers on this machine; `nil`: nothing without a token.
    case loopback(AccessRole?)
    /// Programs on this machine whose user the kernel names (unix(7), SO_PEERCRED): root and `owner` may do everything.
    /// Whoever else may open the socket is in its group.
    case socket(owner: UInt32, group: AccessRole?)
    /// Other machines: nothing without a token.
    case network
}
