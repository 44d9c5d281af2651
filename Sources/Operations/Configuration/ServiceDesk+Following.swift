package import Library

extension ServiceDesk {
    /// Takes settings while everything goes on: readers stay open, sweeps stay begun.
    ///
    /// Imports from now on, pulls from their next turn on (within a minute), and sweeps at once follow them; open
    /// sweeps are judged anew from their logs. The rules' security is not taken: gates, pads and tags would disagree.
    ///
    /// - Parameter gates: rules for the gates; `nil` leaves those in force.
    package func follow(_ settings: Settings, pulls sources: [PullSetup], gates: GatePolicy?) async throws {
        var rules = settings.rules
        rules.security = policy
        // First what may fail: then nothing has been taken.
        try await sweeps.follow(rules)
        await holdings.follow(settings)
        await pulls.follow(sources)
        if var gates {
            gates.security = policy
            await gate.keeper.follow(gates)
        }
    }
}
