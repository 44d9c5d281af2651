import Tags

/// Compares what readers hear along a shelf with what should stand there, sighting by sighting.
///
/// The result depends on the set of sightings alone: any order, any repetition and any division into logs give the same
/// report. Each sighting costs the same, however much is known already. One reconciliation belongs to one snapshot of
/// the holdings: when that is replaced, start a new one and give it the whole log again.
package struct SweepReconciliation: Sendable {
    package let scope: SweepScope
    package let rules: SweepRules

    /// The expected items in shelf order.
    let expected: [ShelvedItem]
    /// Where in `expected` an item stands.
    let places: [String: Int]
    private(set) var tags: [TagUID: TagEvidence] = [:]
    /// The tags heard for each barcode.
    private(set) var carriers: [String: Set<TagUID>] = [:]
    /// Items heard that were not expected.
    private(set) var others: [String: ShelvedItem] = [:]
    private var standing: [FindingSubject: Set<FindingKind>] = [:]
    private var counts: [FindingKind: Int] = [:]
    private var seen = 0
    private var unreadTags = 0

    /// `expected` is what the store gives for `scope`, in shelf order; a second item with one barcode is left out.
    package init(scope: SweepScope, expected: [ShelvedItem], rules: SweepRules = SweepRules()) {
        self.scope = scope
        self.rules = rules
        var places: [String: Int] = [:]
        var items: [ShelvedItem] = []
        for item in expected where places[item.item.barcode] == nil {
            places[item.item.barcode] = items.count
            items.append(item)
        }
        self.places = places
        self.expected = items
    }

    /// Takes one sighting, and says which findings it brought up or did away with.
    ///
    /// `tag` is what is remembered of the tag's memory. `item` is what the holdings say of the sighting's barcode or,
    /// when that is not known, of the tag's; `nil` when they do not know it.
    package mutating func take(_ sighting: Sighting, tag: TagRecord?, item: ShelvedItem?) -> [FindingChange] {
        let uid = sighting.uid
        let before = tags[uid]
        var evidence = before ?? TagEvidence(sighting, tag: tag)
        evidence.take(sighting, tag: tag)
        tags[uid] = evidence
        if before == nil, !evidence.isRead { unreadTags += 1 }
        if let before, !before.isRead, evidence.isRead { unreadTags -= 1 }

        var learned = false
        if let barcode = sighting.barcode ?? tag?.barcode {
            if carriers[barcode] == nil, places[barcode] != nil { seen += 1 }
            carriers[barcode, default: []].insert(uid)
            if let item, places[barcode] == nil, others[barcode] == nil {
                others[barcode] = item
                learned = true
            }
        }
        let saysMore =
            before?.barcodes != evidence.barcodes || before?.lastAFI?.value != evidence.lastAFI?.value
            || before?.record != evidence.record
        guard learned || saysMore else { return [] }
        var changes = judge(.tag(uid))
        for barcode in evidence.barcodes.sorted() { changes += judge(.item(barcode)) }
        return changes
    }

    /// Brings the standing findings of one subject up to date.
    private mutating func judge(_ subject: FindingSubject) -> [FindingChange] {
        let verdicts = verdicts(on: subject).filter { rules.severity(of: $0.kind) != .hidden }
        let now = Set(verdicts.map(\.kind))
        let before = standing[subject] ?? []
        guard now != before else { return [] }
        standing[subject] = now.isEmpty ? nil : now
        var changes: [FindingChange] = []
        for kind in FindingKind.allCases where before.contains(kind) && !now.contains(kind) {
            counts[kind, default: 1] -= 1
            changes.append(.gone(Finding.ID(kind: kind, subject: subject)))
        }
        for verdict in verdicts where !before.contains(verdict.kind) {
            counts[verdict.kind, default: 0] += 1
            changes.append(.appeared(finding(verdict, on: subject)))
        }
        return changes
    }

    /// Where the sweep stands while it goes on; costs the same at any size.
    package var summary: SweepSummary {
        SweepSummary(
            expected: expected.count,
            seen: seen,
            missing: 0,
            notSwept: 0,
            awaited: expected.count - seen,
            others: carriers.count - seen,
            tags: tags.count,
            unreadTags: unreadTags,
            findings: counts.filter { $0.value > 0 }
        )
    }

    /// The findings that stand while the sweep goes on: nothing is missing yet, no set incomplete.
    package var findings: [Finding] {
        standing.keys.flatMap { subject in
            verdicts(on: subject)
                .filter { rules.severity(of: $0.kind) != .hidden }
                .map { finding($0, on: subject) }
        }.sorted(by: precedes)
    }

    /// What the sweep comes to if it ends here. Sightings that are uploaded later may still be taken; ask again then.
    ///
    /// Linear in the number of expected items and of tags heard.
    package func finished() -> SweepReport {
        let presence = presence()
        var found: [Finding] = []
        func note(_ verdicts: [Verdict], on subject: FindingSubject) {
            for verdict in verdicts where rules.severity(of: verdict.kind) != .hidden {
                found.append(finding(verdict, on: subject))
            }
        }
        for (shelved, presence) in zip(expected, presence) {
            note(presence.verdicts(on: shelved, reach: rules.coverage.reach), on: .item(shelved.item.barcode))
        }
        for barcode in carriers.keys {
            note(verdicts(on: .item(barcode)) + finalVerdicts(onItem: barcode), on: .item(barcode))
        }
        for uid in tags.keys { note(verdicts(on: .tag(uid)) + finalVerdicts(onTag: uid), on: .tag(uid)) }
        var summary = summary
        summary.awaited = 0
        summary.missing = presence.count { $0 == .missing }
        summary.notSwept = presence.count { $0 == .notSwept || $0 == .unfiled }
        summary.findings = Dictionary(found.map { ($0.kind, 1) }, uniquingKeysWith: +)
        return SweepReport(summary: summary, findings: found.sorted(by: precedes))
    }
}
