package import Library
package import SIP2

/// How a site's library system is reached and what its answers mean for tags.
package struct CirculationSettings: Sendable {
    /// For people: `ils.example.org:6001`.
    package var place: String
    /// Which kind of system it is; for remarks and standard settings alone, no answer is read in another way for it.
    package var dialect: SIP2Dialect
    /// How we log in, and how messages are written and waited for.
    package var account: SIP2Account
    /// Connections held at once; most systems count them.
    package var connections: Int
    /// Between two questions on an idle connection.
    package var pingInterval: Duration
    /// What answers mean for tags.
    package var rules: CirculationRules
    /// What goes on while the system is away.
    package var offline: OfflineMode
    /// The time of a message, in the library's own time or in UTC.
    package var date: @Sendable (Moment) -> SIP2Date
    /// Whether nobody on the way can read along.
    package var isEncrypted = true

    /// Settings that ask every half minute and write the time in UTC, unless said otherwise.
    ///
    /// - Parameter connections: less than one counts as one.
    package init(
        place: String,
        dialect: SIP2Dialect,
        account: SIP2Account,
        connections: Int = 2,
        pingInterval: Duration = .seconds(30),
        rules: CirculationRules = CirculationRules(),
        offline: OfflineMode = .returns,
        date: @escaping @Sendable (Moment) -> SIP2Date = { SIP2Date(unixSeconds: $0.milliseconds / 1000) }
    ) {
        self.place = place
        self.dialect = dialect
        self.account = account
        self.connections = max(1, connections)
        self.pingInterval = pingInterval
        self.rules = rules
        self.offline = offline
        self.date = date
    }
}

extension CirculationSettings {
    /// Remarks on this kind of system, and on the way to it.
    package var notes: [String] {
        let isHere = ["127.", "localhost:", "[::1]:", "::1:"].contains { place.hasPrefix($0) }
        guard !isEncrypted, !isHere else { return dialect.notes }
        return dialect.notes + ["the connection is not encrypted: card numbers go over the network in clear"]
    }
}

/// What may go on while the library system is out of reach, if it said before that it allows that at all (field
/// "offline" of its 98).
package enum OfflineMode: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case refuse
    /// Items are taken back and secured; the system is told later. No patron has to be remembered for that.
    case returns
}
