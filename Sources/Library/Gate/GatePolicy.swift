package import Tags

/// A site's rules for its gates.
package struct GatePolicy: Hashable, Sendable {
    package var security: SecurityPolicy
    /// Responses that differ from the truth table. ``GateReason/unknownItem``, ``GateReason/foreignTag`` and
    /// ``GateReason/otherLibrary`` never sound, whatever stands here.
    package var responses: [GateReason: GateResponse]
    /// Up to which age the holdings are taken to know the loans of the moment.
    package var freshness: Duration
    /// How long after a return an item that is not armed counts as not yet secured.
    package var securingTime: Duration
    /// How long a tag must not be heard before it can ring again.
    package var rearmAfter: Duration
    /// How long a tag may be heard without a pause before it counts as parked.
    package var parkedAfter: Duration
    /// Armed items heard within this time of an alarm's first one belong to the same alarm.
    package var stackTime: Duration
    /// Baskets, test tags and the like.
    package var siteDevices: Set<TagUID>

    package init(
        security: SecurityPolicy = SecurityPolicy(),
        responses: [GateReason: GateResponse] = [:],
        freshness: Duration = .seconds(900),
        securingTime: Duration = .seconds(900),
        rearmAfter: Duration = .seconds(5),
        parkedAfter: Duration = .seconds(60),
        stackTime: Duration = .seconds(2),
        siteDevices: Set<TagUID> = []
    ) {
        self.security = security
        self.responses = responses
        self.freshness = freshness
        self.securingTime = securingTime
        self.rearmAfter = rearmAfter
        self.parkedAfter = parkedAfter
        self.stackTime = stackTime
        self.siteDevices = siteDevices
    }

    /// What the gate does for `reason`, when the truth table says `standard`.
    func response(to reason: GateReason, standard: GateResponse) -> GateResponse {
        let chosen = responses[reason] ?? standard
        switch reason {
        case .unknownItem, .foreignTag, .otherLibrary: return chosen == .alarm ? .log : chosen
        default: return chosen
        }
    }
}
