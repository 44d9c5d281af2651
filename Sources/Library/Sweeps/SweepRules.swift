/// A site's rules for judging a sweep.
package struct SweepRules: Hashable, Sendable {
    package var security: SecurityPolicy
    package var coverage: Coverage
    /// Severities that differ from ``FindingKind/defaultSeverity``.
    package var severities: [FindingKind: Severity]

    package init(
        security: SecurityPolicy = SecurityPolicy(),
        coverage: Coverage = Coverage(),
        severities: [FindingKind: Severity] = [:]
    ) {
        self.security = security
        self.coverage = coverage
        self.severities = severities
    }

    package func severity(of kind: FindingKind) -> Severity {
        severities[kind] ?? kind.defaultSeverity
    }
}
