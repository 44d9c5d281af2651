package import Tags

/// A tag as a gate heard it, with everything that is known of it at that moment.
package struct GateHearing: Hashable, Sendable {
    package var uid: TagUID
    /// Read from the tag, or known because it answered a poll for this value alone; `nil` when only the UID was heard.
    package var afi: UInt8?
    /// What is remembered of its memory; `nil` when it was never read.
    package var tag: TagRecord?
    /// What the holdings say of its barcode; `nil` when they do not know it.
    package var item: Item?
    /// When the holdings were taken, or the library system was asked.
    package var holdingsAt: Moment?
    /// When a device of ours saw it given back last.
    package var returnedAt: Moment?

    package init(
        uid: TagUID,
        afi: UInt8?,
        tag: TagRecord?,
        item: Item?,
        holdingsAt: Moment?,
        returnedAt: Moment? = nil
    ) {
        self.uid = uid
        self.afi = afi
        self.tag = tag
        self.item = item
        self.holdingsAt = holdingsAt
        self.returnedAt = returnedAt
    }
}

/// What a gate does about a tag, and why.
package struct GateDecision: Hashable, Sendable {
    package var response: GateResponse
    package var reason: GateReason
    /// What was known, in words for staff; lower case, no period.
    package var evidence: String

    package init(response: GateResponse, reason: GateReason, evidence: String) {
        self.response = response
        self.reason = reason
        self.evidence = evidence
    }
}

extension GatePolicy {
    /// Judges one tag by the truth table. A tag never sounds for being unknown; when in doubt it counts as armed.
    package func decide(_ heard: GateHearing, at moment: Moment) -> GateDecision {
        let security = security.security(afi: heard.afi)
        func decision(_ reason: GateReason, _ standard: GateResponse, _ evidence: String) -> GateDecision {
            GateDecision(response: response(to: reason, standard: standard), reason: reason, evidence: evidence)
        }
        if siteDevices.contains(heard.uid) { return decision(.siteDevice, .silent, "named in the gate's settings") }
        guard heard.item != nil || heard.tag?.barcode != nil else {
            let model = heard.tag.map { "model \($0.model), no item number" } ?? "its memory was never read"
            return decision(.foreignTag, .silent, model)
        }
        let age = heard.holdingsAt.map { moment.since($0) }
        let isFresh = age.map { $0 <= freshness } ?? false
        let owner = self.security.owner(heard.tag?.owner)
        var standing = ItemStanding(item: heard.item, owner: owner, isFresh: isFresh)
        if let returned = heard.returnedAt, heard.holdingsAt.map({ returned >= $0 }) ?? true,
            standing == .onLoan || standing == .onLoanByOldHoldings
        {
            // The return is younger than the holdings: they do not know of it yet.
            standing = .inLibrary
        }
        let row = SecurityTable.row(TagsSay(ItemSecurity(parts: [security])), standing)
        let evidence = evidence(heard, row: row, age: age)
        if let returned = heard.returnedAt, moment.since(returned) <= securingTime, row.gate != .alarm,
            security != .armed
        {
            return decision(.notYetSecured, .log, evidence)
        }
        return decision(row.gateReason, row.gate, evidence)
    }

    private func evidence(_ heard: GateHearing, row: SecurityTable.Row, age: Duration?) -> String {
        let afi = heard.afi.map { "AFI \(SecurityPolicy.text($0))" } ?? "AFI not read"
        let status = heard.item.map { ", status \($0.status.rawValue)" } ?? ""
        let holdings = age.map { ", holdings \(Self.words($0)) old" } ?? ""
        return "\(afi)\(status)\(holdings): \(row.reason)"
    }

    /// `40 s`, `12 min`, `7 h`, `3 d`; a negative age, from a clock that was set back, counts as none.
    private static func words(_ age: Duration) -> String {
        let seconds = max(0, age.components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
