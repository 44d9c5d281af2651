/// A site's rules for judging a sweep.
package struct SweepRules: Hashable, Sendable {
    /// Which AFI counts as armed or disarmed, and whose tags are the site's own.
    package var security: SecurityPolicy
    /// How well a place must have been swept before an item is missing there.
    package var coverage: Coverage
    /// Severities that differ from ``FindingKind/defaultSeverity``.
    package var severities: [FindingKind: Severity]
    /// Two sightings of a tag by one reader this far apart, in milliseconds, belong to two visits.
    package var visitGap: Int64
    /// How sure the site wants to be before it calls an item missing, 0 to 1, by ``Completeness``: where a shelf was
    /// visited once nothing is missing then, since one visit tells nothing of what it did not hear. `nil` asks for
    /// ``coverage`` alone.
    package var certainty: Double?
    /// Whether the order of the shelf is checked at the end.
    package var checksOrder: Bool
    /// Tags that mark the beginnings of shelves.
    package var shelfMarks: [ShelfMark]

    /// A gap below 1 ms counts as 1 ms; the certainty is brought into 0 to 1.
    package init(
        security: SecurityPolicy = SecurityPolicy(),
        coverage: Coverage = Coverage(),
        severities: [FindingKind: Severity] = [:],
        visitGap: Int64 = 20_000,
        certainty: Double? = nil,
        checksOrder: Bool = true,
        shelfMarks: [ShelfMark] = []
    ) {
        self.security = security
        self.coverage = coverage
        self.severities = severities
        self.visitGap = max(1, visitGap)
        self.certainty = certainty.map { min(max($0, 0), 1) }
        self.checksOrder = checksOrder
        self.shelfMarks = shelfMarks
    }

    /// How much findings of this class press: the site's word, else ``FindingKind/defaultSeverity``.
    package func severity(of kind: FindingKind) -> Severity {
        severities[kind] ?? kind.defaultSeverity
    }
}
