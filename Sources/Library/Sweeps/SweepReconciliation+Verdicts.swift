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
        case .item(let barcode): number(of: barcode).map(verdicts(onItem:)) ?? []
        case .tag(let uid): number(of: uid).map { verdicts(onTag: tags[$0]) } ?? []
        }
    }

    func verdicts(onTag tag: TagEvidence) -> [Verdict] {
        if tag.items.count > 1 {
            let list = tag.items.numbers.map { barcode($0) }.sorted().prefix(4).joined(separator: ", ")
            return [Verdict(kind: .oneTagTwoItems, reason: "was read as items \(list)")]
        }
        guard tag.items.isEmpty, let model = tag.model else { return [] }
        if case .other(let owner) = rules.security.owner(tag.owner.map { words[$0] }) {
            return [Verdict(kind: .otherLibrary, reason: "its tag names \(owner) as owner")]
        }
        return [Verdict(kind: .unreadableTag, reason: "its memory holds no item number, model \(words[model])")]
    }

    func verdicts(onItem number: Int) -> [Verdict] {
        let parts = evidence(number)
        guard !parts.isEmpty, !isShelfMark(number) else { return [] }
        var verdicts = twoTags(parts)
        let owners = parts.compactMap { $0.owner.map { words[$0] } }
        let foreign = owners.compactMap { owner -> String? in
            guard case .other(let name) = rules.security.owner(owner) else { return nil }
            return name
        }
        guard var shelved = item(number) else {
            if let owner = foreign.min() {
                verdicts.append(Verdict(kind: .otherLibrary, reason: "its tag names \(owner) as owner"))
            } else {
                verdicts.append(
                    Verdict(kind: .unknownItem, reason: "barcode \(barcode(number)) is not in the holdings")
                )
            }
            return verdicts
        }
        if let heard = parts.map(\.span.last).max(), let status = history(number)?.status(at: heard) {
            shelved.item.status = status
            shelved.item.statusText = "changed while sweeping"
        }
        if shelved.key == nil {
            let number = shelved.item.callNumber.map { "call number \($0) cannot be filed" }
            verdicts.append(Verdict(kind: .unsortable, reason: number ?? "it has no call number"))
        }
        verdicts += place(shelved)
        verdicts += status(shelved.item)
        verdicts += security(shelved.item, parts)
        return verdicts
    }

    /// A shelf tag is no item, though it has a number like one.
    private func isShelfMark(_ number: Int) -> Bool {
        guard !rules.shelfMarks.isEmpty, number >= expected.count else { return false }
        let barcode = strangers[number - expected.count].barcode
        return rules.shelfMarks.contains { $0.barcode == barcode }
    }

    private func twoTags(_ parts: [TagEvidence]) -> [Verdict] {
        var carrier: [Int: TagUID] = [:]
        for tag in parts {
            // Which part a tag is on is known only once it was read. Without set information it stands for the whole
            // item, as ordinal 0 does.
            guard tag.hasReading else { continue }
            let ordinal = tag.setInformation?.ordinal ?? 0
            if let other = carrier[ordinal] {
                let part = ordinal == 0 ? "the item" : "part \(ordinal)"
                return [Verdict(kind: .twoTags, reason: "\(part) was heard from tags \(other) and \(tag.uid)")]
            }
            carrier[ordinal] = tag.uid
        }
        return []
    }

    private func place(_ shelved: ShelvedItem) -> [Verdict] {
        switch scope.membership(of: shelved) {
        case .expected, .away, .unfiled, .unlisted: []
        case .otherBranch(let branch): [Verdict(kind: .wrongBranch, reason: "belongs to branch \(branch)")]
        case .otherLocation(let place): [Verdict(kind: .wrongLocation, reason: "belongs to \(place)")]
        case .otherCollection(let name):
            [Verdict(kind: .wrongLocation, reason: name.map { "belongs to collection \($0)" } ?? "has no collection")]
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
            guard let afi = part.lastAFI else { continue }
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
    func finalVerdicts(onItem number: Int) -> [Verdict] {
        let sets = evidence(number).compactMap(\.setInformation)
        let total = sets.map(\.total).max() ?? 0
        let ordinals = Set(sets.map(\.ordinal))
        guard total > 1, !ordinals.contains(0) else { return [] }
        let lacking = (1...total).filter { !ordinals.contains($0) }
        guard !lacking.isEmpty else { return [] }
        let list = lacking.prefix(8).map(String.init).joined(separator: ", ") + (lacking.count > 8 ? ", …" : "")
        return [Verdict(kind: .incompleteSet, reason: "part \(list) of \(total) not heard")]
    }

    /// What can be said of a tag only when nothing more will be heard.
    func finalVerdicts(onTag tag: TagEvidence) -> [Verdict] {
        guard !tag.isRead else { return [] }
        return [Verdict(kind: .unreadableTag, reason: "heard, but its memory was never read")]
    }

    func finding(_ verdict: Verdict, on subject: FindingSubject) -> Finding {
        let heard: [TagEvidence]
        var item: Item?
        switch subject {
        case .item(let barcode):
            let number = number(of: barcode)
            heard = number.map { evidence($0) } ?? []
            item = number.flatMap { self.item($0)?.item }
        case .tag(let uid): heard = number(of: uid).map { [tags[$0]] } ?? []
        }
        return Finding(
            id: Finding.ID(kind: verdict.kind, subject: subject),
            severity: rules.severity(of: verdict.kind),
            reason: verdict.reason,
            item: item,
            evidence: FindingEvidence(
                tags: heard.map(\.uid).filter { !$0.isBarcodeAlone },
                readers: Set(heard.flatMap { $0.hearings.map(\.reader) }).map { words[$0] }.sorted(),
                passes: Set(heard.flatMap { $0.hearings.map { Int($0.pass) } }).sorted(),
                first: heard.map(\.span.first).min(),
                last: heard.map(\.span.last).max(),
                afis: heard.compactMap(\.lastAFI)
            )
        )
    }
}
