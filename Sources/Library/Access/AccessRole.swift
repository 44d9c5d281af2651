/// What somebody is here for. Which role may do what stands in one table beside the routes, not in an order of roles.
package enum AccessRole: String, CaseIterable, Hashable, Sendable {
    /// Looks, changes nothing.
    case viewer
    /// Looks after readers, tags, holdings and sweeps.
    case technician
    /// Staff at a desk or beside a gate.
    case desk
    /// A machine that strangers stand before: loans and returns at its own pad, and nothing else.
    case kiosk
    /// Everything.
    case admin
}
