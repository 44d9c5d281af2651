import SIP2

/// Something to ask over the next free connection.
struct CirculationJob: Sendable {
    /// Whether it is worth a login that the system has refused before.
    var triesLogin: Bool
    /// Asks and hands the answer to whoever waits; gives back what went wrong, for the state of the link.
    var perform: @Sendable (inout SIP2Connection) async -> SIP2Error?
    var refuse: @Sendable (CirculationError) -> Void
}
