package import FoundationEssentials

/// What staff found: `POST /v1/gate/alarms/ID/outcome`.
package struct OutcomeRequest: Codable, Hashable, Sendable {
    /// `false`, `cleared`, `left` or `other`.
    package var outcome: String

    package init(
        outcome: String
    ) {
        self.outcome = outcome
    }
}

/// Mutes a gate, or all, for a while: `POST /v1/gate/mute`. It ends by itself.
package struct MuteRequest: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration; left out for all gates.
    package var gate: String?
    /// 1 to 120; 0 ends a mute.
    package var minutes: Int

    package init(
        gate: String? = nil,
        minutes: Int
    ) {
        self.gate = gate
        self.minutes = minutes
    }
}

/// Plays the test tone: `POST /v1/gate/test`.
package struct GateTestRequest: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration.
    package var gate: String

    package init(
        gate: String
    ) {
        self.gate = gate
    }
}

/// Begins a walk test: `POST /v1/gate/walk-test`.
package struct WalkTestRequest: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration; a walk test that goes on there is dropped.
    package var gate: String
    /// The item that is carried, by its barcode or its tag's number.
    package var barcode: String?
    /// 16 hexadecimal digits; goes before the barcode.
    package var uid: String?
    /// How often it will be carried through, 1 to 500.
    package var walks: Int

    package init(
        gate: String,
        barcode: String? = nil,
        uid: String? = nil,
        walks: Int
    ) {
        self.gate = gate
        self.barcode = barcode
        self.uid = uid
        self.walks = walks
    }
}

/// Goes on with a walk test: `POST /v1/gate/walk-test/next`, or `…/end`.
package struct WalkTestStep: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration; not found when no walk test goes on there.
    package var gate: String

    package init(
        gate: String
    ) {
        self.gate = gate
    }
}

/// How a walk test stands.
package struct WalkTestState: Codable, Hashable, Sendable {
    /// Name of the gate's reader in the configuration.
    package var gate: String
    /// The tag that is carried, 16 hexadecimal digits.
    package var uid: String
    /// How often it will be carried through, 1 to 500.
    package var planned: Int
    /// Walks that are over.
    package var walks: Int
    /// Of these the ones that the gate heard.
    package var heard: Int
    /// Whether the walk that goes on was heard.
    package var heardNow: Bool
    /// Of the walks that are over, those that the gate did not hear.
    package var missRate: Share

    package init(
        gate: String,
        uid: String,
        planned: Int,
        walks: Int,
        heard: Int,
        heardNow: Bool,
        missRate: Share
    ) {
        self.gate = gate
        self.uid = uid
        self.planned = planned
        self.walks = walks
        self.heard = heard
        self.heardNow = heardNow
        self.missRate = missRate
    }
}

/// Gives an item leave to go out without a loan: `POST /v1/gate/passes`.
package struct PassRequest: Codable, Hashable, Sendable {
    /// Not empty; it need not be in the holdings.
    package var barcode: String
    /// `interlibrary loan`, `exhibition`, `repair`, `staff use`.
    package var kind: String
    /// 1 to 400; 0 takes the pass back.
    package var days: Int

    package init(
        barcode: String,
        kind: String,
        days: Int
    ) {
        self.barcode = barcode
        self.kind = kind
        self.days = days
    }
}

/// An item's leave: `GET /v1/gate/passes`.
package struct GatePassView: Codable, Hashable, Sendable {
    /// As it was given with the pass.
    package var barcode: String
    /// `interlibrary loan`, `exhibition`, `repair`, `staff use`.
    package var kind: String
    /// When the pass was given.
    package var from: Date
    /// When the pass ends by itself, 400 days after it was given at most.
    package var until: Date
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?

    package init(
        barcode: String,
        kind: String,
        from: Date,
        until: Date,
        title: String? = nil
    ) {
        self.barcode = barcode
        self.kind = kind
        self.from = from
        self.until = until
        self.title = title
    }
}

/// Asks what other rules would have done: `POST /v1/gate/replay`.
package struct ReplayRequest: Codable, Hashable, Sendable {
    /// How many days back, 1 to 365.
    package var days: Int
    /// As in the file of rules.
    package var rules: String

    package init(
        days: Int,
        rules: String
    ) {
        self.days = days
        self.rules = rules
    }
}

/// Puts other rules in force: `POST /v1/gate/rules`. They last until the service is started again.
package struct RulesRequest: Codable, Hashable, Sendable {
    /// As in the file of rules; docs/gate.md has its words.
    package var rules: String
    /// Who wants them; for the log.
    package var by: String
    /// Rules under which nothing would ever sound are refused without it.
    package var confirmed: Bool

    package init(
        rules: String,
        by: String,
        confirmed: Bool
    ) {
        self.rules = rules
        self.by = by
        self.confirmed = confirmed
    }
}

/// The rules that are in force now.
package struct RulesReport: Codable, Hashable, Sendable {
    /// Whether no gate sounds under them at this moment.
    package var silencesEverything: Bool
    /// What changed, in words.
    package var text: String

    package init(
        silencesEverything: Bool,
        text: String
    ) {
        self.silencesEverything = silencesEverything
        self.text = text
    }
}
