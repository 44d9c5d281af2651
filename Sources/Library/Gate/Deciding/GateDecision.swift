package import Tags

/// A tag as a gate heard it, with everything that is known of it at that moment.
package struct GateHearing: Hashable, Sendable {
    /// The tag's number, which every answer to an inventory carries.
    package var uid: TagUID
    /// Read from the tag, or known because it answered a poll for this value alone; `nil` when only the UID was heard.
    package var afi: UInt8?
    /// Whether it took part in an EAS alarm; `nil` where the gate does not ask.
    package var eas: Bool?
    /// Which antenna heard it, counted from 1, when the device tells.
    package var antenna: Int?
    /// What was known of tag and item before it was heard.
    package var facts: GateFacts

    package init(uid: TagUID, afi: UInt8?, eas: Bool? = nil, antenna: Int? = nil, facts: GateFacts) {
        self.uid = uid
        self.afi = afi
        self.eas = eas
        self.antenna = antenna
        self.facts = facts
    }
}

/// What a gate does about a tag, and why.
package struct GateDecision: Hashable, Sendable {
    /// What to do, by the truth table and the site's own wishes.
    package var response: GateResponse
    /// Why; staff read it on the alarm.
    package var reason: GateReason
    /// On what the decision stands; its words are made only when somebody reads them.
    package var evidence: GateEvidence
}

extension GatePolicy {
    /// Judges one tag by the truth table. A tag never sounds for being unknown; when in doubt it counts as armed.
    ///
    /// Makes no text and takes no memory: it stands between a reader's frame and the siren.
    package func decide(_ heard: GateHearing, at moment: Moment) -> GateDecision {
        let facts = heard.facts
        func decision(
            _ reason: GateReason,
            _ standard: GateResponse,
            _ ground: GateEvidence.Ground
        ) -> GateDecision {
            GateDecision(
                response: self.response(to: reason, standard: standard),
                reason: reason,
                evidence: GateEvidence(ground: ground, afi: heard.afi, facts: facts, at: moment)
            )
        }
        if staffDevices.contains(heard.uid) || sentinels[heard.uid] != nil {
            return decision(.staffDevice, .silent, .named)
        }
        switch facts.tag {
        case .unread: return decision(.foreignTag, .silent, .neverRead)
        case .foreign: return decision(.foreignTag, .silent, .noLibraryItem)
        case .item: break
        }
        if let until = facts.passUntil, moment < until { return decision(.temporaryPass, .silent, .pass) }

        let tagSecurity = tagSecurity(heard)
        let says = TagsSay(tagSecurity)
        let standing = standing(facts, at: moment)
        var (response, reason) = security.table.gate(says, standing)
        if reason == .notCleared, facts.parts > 1, facts.part > 0 { reason = .setPart }
        if let returned = facts.returnedAt, Self.age(of: returned, at: moment) <= securingTime, response != .alarm,
            tagSecurity != .armed
        {
            (response, reason) = (.log, .notYetSecured)
        }
        return decision(reason, response, .table(says, standing))
    }

    /// What the tag says. Where a site uses both means, a chip without EAS and a gate that cannot ask for it have the
    /// AFI alone.
    private func tagSecurity(_ heard: GateHearing) -> TagSecurity {
        guard security.mechanism == .both, heard.eas == nil else {
            return security.security(afi: heard.afi, eas: heard.eas)
        }
        return security.security(heard.afi)
    }

    /// How the item stands, by the best that is known. Whether holdings or what a device was told is the younger, the index
    /// has decided: see ``GateIndex/facts(of:at:)``.
    private func standing(_ facts: GateFacts, at moment: Moment) -> ItemStanding {
        let limit = facts.source == .device ? deviceFreshness : freshness
        let isFresh = facts.knownAt.map { Self.age(of: $0, at: moment) <= limit } ?? false
        let owner: TagOwner =
            switch facts.owner {
            case .own: .own
            case .assumed: .assumedOwn
            case .unnamed: .unnamed
            case .neighbour, .other: .other("")
            }
        return ItemStanding(status: facts.status, owner: owner, isFresh: isFresh)
    }

    /// A negative age, from a clock that was set back, counts as none.
    static func age(of known: Moment, at moment: Moment) -> Duration { max(.zero, moment.since(known)) }
}

extension TagsSay {
    /// What one tag alone says.
    init(_ security: TagSecurity) {
        self =
            switch security {
            case .armed: .armed
            case .disarmed: .disarmed
            case .other: .otherValue
            case .unread: .unreadable
            }
    }
}
