/// The end of a sweep.
extension SweepReconciliation {
    /// What the sweep comes to if it ends here. Sightings that are uploaded later may still be taken; ask again then.
    ///
    /// Linear in the number of expected items and of tags heard, but for the order check, which sorts.
    ///
    /// `completeness` where it was asked for already; else it is asked for only if the site's rules need it.
    package func finished(_ completeness: Completeness? = nil) -> SweepReport {
        let fates = fates(rules.certainty == nil ? nil : completeness ?? self.completeness())
        var found: [Finding] = []
        func note(_ verdicts: [Verdict], on subject: FindingSubject) {
            for verdict in verdicts where rules.severity(of: verdict.kind) != .hidden {
                found.append(finding(verdict, on: subject))
            }
        }
        var summary = summary
        summary.awaited = 0
        for (place, fate) in fates.enumerated() {
            switch fate {
            case .seen: continue
            case .missing: summary.missing += 1
            case .notSwept, .badlySwept, .visitedOnce, .listed, .unfiled, .unsure: summary.notSwept += 1
            case .gone: summary.gone += 1
            }
            note(fate.verdicts(reach: rules.coverage.reach), on: .item(expected.barcode(place)))
        }
        for number in heardItems {
            note(verdicts(onItem: number) + finalVerdicts(onItem: number), on: .item(barcode(number)))
        }
        for tag in tags {
            let verdicts = verdicts(onTag: tag) + finalVerdicts(onTag: tag)
            if !verdicts.isEmpty { note(verdicts, on: .tag(tag.uid)) }
        }
        let order = rules.checksOrder && scope.items == nil ? orderCheck() : ShelfOrderCheck()
        for verdict in order.verdicts { note([verdict.verdict], on: .item(barcode(verdict.number))) }
        summary.findings = Dictionary(found.map { ($0.kind, 1) }, uniquingKeysWith: +)
        return SweepReport(summary: summary, findings: sorted(found), moves: order.moves)
    }

    /// In the order of a report: the most pressing first, then by class, shelf and number.
    func sorted(_ findings: [Finding]) -> [Finding] {
        let keyed = findings.map { (finding: $0, key: key($0)) }
        return keyed.sorted { left, right in
            if left.finding.severity != right.finding.severity { return left.finding.severity > right.finding.severity }
            if left.finding.kind != right.finding.kind { return left.finding.kind.rank < right.finding.kind.rank }
            return precedes((left.finding.id.subject, left.key), (right.finding.id.subject, right.key))
        }.map(\.finding)
    }

    private func key(_ finding: Finding) -> ShelfKey? {
        guard case .item(let barcode) = finding.id.subject, let number = number(of: barcode) else { return nil }
        return number < expected.count ? expected.key(number) : strangers[number - expected.count].item?.key
    }

    private func precedes(
        _ left: (subject: FindingSubject, key: ShelfKey?),
        _ right: (subject: FindingSubject, key: ShelfKey?)
    ) -> Bool {
        switch (left.subject, right.subject) {
        case (.item(let first), .item(let second)):
            switch (left.key, right.key) {
            case (let left?, let right?) where left != right: left < right
            case (_?, nil): true
            case (nil, _?): false
            default: first < second
            }
        case (.tag(let left), .tag(let right)): left < right
        case (.item, .tag): true
        case (.tag, .item): false
        }
    }
}

extension FindingKind {
    /// Its place in the list of classes.
    fileprivate var rank: Int { Self.ranks[self] ?? 0 }

    private static let ranks = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) }
    )
}
