import Tags

/// A class of finding and why it applies.
struct Verdict: Hashable {
    var kind: FindingKind
    /// Lower case, no period.
    var reason: String
}

/// The rules by which a sweep judges what it heard. Each looks at the evidence alone, never at the order it came in.
extension SweepReconciliation {
    /// What can be said at any moment of the sweep.
    func verdicts(on subject: FindingSubject) -> [Verdict] {
        switch subject {
        case .item(let barcode): verdicts(onItem: barcode)
        case .tag(let uid): verdicts(onTag: uid)
        }
    }

    func item(_ barcode: String) -> ShelvedItem? {
        places[barcode].map { expected[$0] } ?? others[barcode]
    }

    private func evidence(_ barcode: String) -> [(uid: TagUID, evidence: TagEvidence)] {
        (carriers[barcode] ?? []).sorted().compactMap { uid in tags[uid].map { (uid, $0) } }
    }

    private func verdicts(onTag uid: TagUID) -> [Verdict] {
        guard let tag = tags[uid] else { return [] }
        if tag.barcodes.count > 1 {
            let list = tag.barcodes.sorted().prefix(4).joined(separator: ", ")
            return [Verdict(kind: .oneTagTwoItems, reason: "was read as items \(list)")]
        }
        guard tag.barcodes.isEmpty, let record = tag.record else { return [] }
        if case .other(let owner) = rules.security.owner(record.owner) {
            return [Verdict(kind: .otherLibrary, reason: "its tag names \(owner) as owner")]
        }
        return [Verdict(kind: .unreadableTag, reason: "its memory holds no item number, model \(record.model)")]
    }

    private func verdicts(onItem barcode: String) -> [Verdict] {
        let parts = evidence(barcode)
        guard !parts.isEmpty else { return [] }
        var verdicts = twoTags(parts)
        let owners = parts.compactMap { $0.evidence.record?.owner }
        let foreign = owners.compactMap { owner -> String? in
            guard case .other(let name) = rules.security.owner(owner) else { return nil }
            return name
        }
        guard let shelved = item(barcode) else {
            if let owner = foreign.min() {
                verdicts.append(Verdict(kind: .otherLibrary, reason: "its tag names \(owner) as owner"))
            } else {
                verdicts.append(Verdict(kind: .unknownItem, reason: "barcode \(barcode) is not in the holdings"))
            }
            return verdicts
        }
        if shelved.key == nil {
            let number = shelved.item.callNumber.map { "call number \($0) cannot be filed" }
            verdicts.append(Verdict(kind: .unsortable, reason: number ?? "it has no call number"))
        }
        verdicts += place(shelved)
        verdicts += status(shelved.item)
        verdicts += security(shelved.item, parts.map(\.evidence))
        return verdicts
    }

    private func twoTags(_ parts: [(uid: TagUID, evidence: TagEvidence)]) -> [Verdict] {
        var carrier: [Int: TagUID] = [:]
        for (uid, evidence) in parts {
            // Which part a tag is on is known only once it was read. Without set information it stands for the whole
            // item, as ordinal 0 does.
            guard let record = evidence.record else { continue }
            let ordinal = record.setInformation?.ordinal ?? 0
            if let other = carrier[ordinal] {
                let part = ordinal == 0 ? "the item" : "part \(ordinal)"
                return [Verdict(kind: .twoTags, reason: "\(part) was heard from tags \(other) and \(uid)")]
            }
            carrier[ordinal] = uid
        }
        return []
    }

    private func place(_ shelved: ShelvedItem) -> [Verdict] {
        switch scope.membership(of: shelved) {
        case .expected, .away, .unfiled: []
        case .otherBranch(let branch): [Verdict(kind: .wrongBranch, reason: "belongs to branch \(branch)")]
        case .otherLocation(let place): [Verdict(kind: .wrongLocation, reason: "belongs to \(place)")]
        case .outsideSpan:
            [Verdict(kind: .outOfScope, reason: "\(shelved.item.callNumber ?? "") is outside the stretch being swept")]
        case .hereForNow:
            [
                Verdict(
                    kind: .temporaryPlace,
                    reason:
                        "is here for the time being, belongs to \(shelved.item.permanentLocation ?? "another place")"
                )
            ]
        case .elsewhereForNow(let place):
            [Verdict(kind: .temporaryPlace, reason: "the holdings have it at \(place) for the time being")]
        }
    }

    private func status(_ item: Item) -> [Verdict] {
        let kind: FindingKind? =
            switch item.status {
            case .available: nil
            case .onLoan: .onLoan
            case .inTransit: .inTransit
            case .onHoldShelf: .onHoldShelf
            case .lost, .missing, .claimedReturned: .soughtAndFound
            case .withdrawn: .withdrawn
            case .damaged: .damaged
            case .notForLoan: .notForLoan
            case .inProcess, .unknown: .notReady
            }
        guard let kind else { return [] }
        let words = item.statusText.map { " (\($0))" } ?? ""
        return [Verdict(kind: kind, reason: "status in the holdings: \(item.status.rawValue)\(words)")]
    }

    private func security(_ item: Item, _ parts: [TagEvidence]) -> [Verdict] {
        for part in parts {
            guard let afi = part.lastAFI?.value else { continue }
            let text = SecurityPolicy.text(afi)
            switch (rules.security.security(afi: afi, eas: nil), item.status.belongsOnShelf, item.status) {
            case (.disarmed, true, _):
                return [Verdict(kind: .disarmedOnShelf, reason: "AFI \(text), status \(item.status.rawValue)")]
            case (.armed, _, .onLoan):
                return [Verdict(kind: .armedOnLoan, reason: "AFI \(text), status on loan")]
            default: continue
            }
        }
        return []
    }

    /// What can be said of an item only when nothing more will be heard.
    func finalVerdicts(onItem barcode: String) -> [Verdict] {
        let sets = evidence(barcode).compactMap { $0.evidence.record?.setInformation }
        let total = sets.map(\.total).max() ?? 0
        let ordinals = Set(sets.map(\.ordinal))
        guard total > 1, !ordinals.contains(0) else { return [] }
        let lacking = (1...total).filter { !ordinals.contains($0) }
        guard !lacking.isEmpty else { return [] }
        let list = lacking.prefix(8).map(String.init).joined(separator: ", ") + (lacking.count > 8 ? ", …" : "")
        return [Verdict(kind: .incompleteSet, reason: "part \(list) of \(total) not heard")]
    }

    /// What can be said of a tag only when nothing more will be heard.
    func finalVerdicts(onTag uid: TagUID) -> [Verdict] {
        guard let tag = tags[uid], !tag.isRead else { return [] }
        return [Verdict(kind: .unreadableTag, reason: "heard, but its memory was never read")]
    }

    func finding(_ verdict: Verdict, on subject: FindingSubject) -> Finding {
        let heard: [(uid: TagUID, evidence: TagEvidence)]
        var item: Item?
        switch subject {
        case .item(let barcode):
            heard = evidence(barcode)
            item = self.item(barcode)?.item
        case .tag(let uid): heard = tags[uid].map { [(uid, $0)] } ?? []
        }
        return Finding(
            id: Finding.ID(kind: verdict.kind, subject: subject),
            severity: rules.severity(of: verdict.kind),
            reason: verdict.reason,
            item: item,
            evidence: FindingEvidence(
                tags: heard.map(\.uid),
                readers: Set(heard.flatMap(\.evidence.readers)).sorted(),
                passes: Set(heard.flatMap(\.evidence.passes)).sorted(),
                first: heard.map(\.evidence.first).min(),
                last: heard.map(\.evidence.last).max(),
                afis: heard.compactMap(\.evidence.lastAFI?.value)
            )
        )
    }

    /// The order of a report: the most pressing first, then by class, shelf and number.
    func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.kind != right.kind { return left.kind.rank < right.kind.rank }
        switch (left.id.subject, right.id.subject) {
        case (.item(let left), .item(let right)):
            switch (item(left)?.key, item(right)?.key) {
            case (let first?, let second?) where first != second: return first < second
            case (_?, nil): return true
            case (nil, _?): return false
            default: return left < right
            }
        case (.tag(let left), .tag(let right)): return left < right
        case (.item, .tag): return true
        case (.tag, .item): return false
        }
    }
}

extension FindingKind {
    /// Its place in the list of classes.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
