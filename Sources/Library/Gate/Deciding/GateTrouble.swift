/// A gate that does not hear: an alarm for staff, not for readers of books.
package struct GateTrouble: Hashable, Sendable {
    /// What is wrong with a gate; of each kind it has one trouble at most.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Its reader does not answer.
        case dead
        /// Its reader warns of its antenna.
        case detuned
        /// An antenna does not hear the tag that is fixed to it, or hears it less and less.
        case sentinel
        /// Its counter of people was set back or makes no sense.
        case counter
        /// An output could not be switched, or an input is not heard: its chip is gone, its reader is away or refuses.
        case lines
        /// The fire contact is open, or its cable is broken: nothing sounds.
        case fire
    }

    /// The gate's name in the configuration: `gate-1`.
    package var gate: String
    /// What is wrong, or is well again.
    package var kind: Kind
    /// When it was noticed, by the wall clock.
    package var at: Moment
    /// What happened, lower case, no period; `nil` when the trouble is over.
    package var cause: String?

    package init(gate: String, kind: Kind, at: Moment, cause: String?) {
        self.gate = gate
        self.kind = kind
        self.at = at
        self.cause = cause
    }

    /// What staff should do.
    package var remedy: String {
        switch kind {
        case .dead: "watch the exit, and look at the gate's power and cable"
        case .detuned: "take metal and trolleys away from the gate, then run a walk test"
        case .sentinel: "look whether the sentinel tag is in its place, then run a walk test; have the antenna tuned"
        case .counter: "nothing now; compare the count at closing time"
        case .lines:
            "look at the adapter or reader with siren, lamp or contact: what hangs on it does nothing until it is back"
        case .fire: "if nothing burns, look at the contact and its cable: until it closes nothing sounds"
        }
    }
}

/// Watches one gate's reader and says when it dies, when its antenna is out of tune, and when it is well again.
///
/// One trouble out, one back: repeating it would be the noise that we want to end.
package struct GateHealth: Hashable, Sendable {
    /// Silence after which a polled reader counts as dead, unless the site says otherwise. It is looked at ten times a
    /// second; a slow look lasts 3.2 s, and staff shall know within 5 s.
    package static let standardPatience: Duration = .seconds(4)
    /// Looks in a row with a warning before the antenna counts as out of tune: a trolley that passes is none.
    package static let warningsToTell = 20

    /// The gate's name in the configuration, which its troubles carry: `gate-1`.
    package let gate: String
    /// Silence after which it counts as dead.
    package let patience: Duration
    private var lastSign: Duration
    private var deadSince: Duration?
    private var warnings = 0
    private var isDetuned = false

    /// Watches from `now` on: the reader has `patience` for its first sign of life.
    package init(gate: String, patience: Duration = standardPatience, at now: GateInstant) {
        self.gate = gate
        self.patience = patience
        lastSign = now.uptime
    }

    /// Whether it was told as dead and has not answered since.
    package var isDead: Bool { deadSince != nil }

    /// The reader answered, or sent its sign of life; `warning` is what it complains of.
    package mutating func answered(warning: String?, at now: GateInstant) -> [GateTrouble] {
        lastSign = now.uptime
        var troubles: [GateTrouble] = []
        if deadSince != nil {
            deadSince = nil
            troubles.append(trouble(.dead, nil, now))
        }
        warnings = warning == nil ? 0 : min(warnings + 1, Self.warningsToTell)
        if let warning, warnings == Self.warningsToTell, !isDetuned {
            isDetuned = true
            troubles.append(trouble(.detuned, warning, now))
        } else if warning == nil, isDetuned {
            isDetuned = false
            troubles.append(trouble(.detuned, nil, now))
        }
        return troubles
    }

    /// The line to the reader broke.
    package mutating func lost(cause: String, at now: GateInstant) -> [GateTrouble] {
        guard deadSince == nil else { return [] }
        deadSince = now.uptime
        return [trouble(.dead, cause, now)]
    }

    /// Lets time pass; call it several times a second, so that silence is told in time.
    package mutating func tick(at now: GateInstant) -> [GateTrouble] {
        guard now.uptime - lastSign >= patience else { return [] }
        return lost(cause: "no answer for \(GateEvidence.words(now.uptime - lastSign))", at: now)
    }

    private func trouble(_ kind: GateTrouble.Kind, _ cause: String?, _ now: GateInstant) -> GateTrouble {
        GateTrouble(gate: gate, kind: kind, at: now.moment, cause: cause)
    }
}
