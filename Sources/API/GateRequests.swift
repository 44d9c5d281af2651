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
    package var gate: String

    package init(
        gate: String
    ) {
        self.gate = gate
    }
}

/// Begins a walk test: `POST /v1/gate/walk-test`.
package struct WalkTestRequest: Codable, Hashable, Sendable {
    package var gate: String
    /// The item that is carried, by its barcode or its tag's number.
    package var barcode: String?
    package var uid: String?
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
    package var gate: String

    package init(
        gate: String
    ) {
        self.gate = gate
    }
}

/// How a walk test stands.
package struct WalkTestState: Codable, Hashable, Sendable {
    package var gate: String
    package var uid: String
    package var planned: Int
    package var walks: Int
    package var heard: Int
    /// Whether the walk that goes on was heard.
    package var heardNow: Bool
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
    package var barcode: String
    package var kind: String
    package var from: Date
    package var until: Date
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
