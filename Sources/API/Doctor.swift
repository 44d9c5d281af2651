package import FoundationEssentials

/// What is wrong with the service and its surroundings: `GET /v1/doctor`.
package struct DoctorReport: Codable, Hashable, Sendable {
    /// When the doctor looked, which is when it was asked.
    package var checkedAt: Date
    /// What was looked at, in words.
    package var checked: [String]
    /// The worst first; empty when all is well.
    package var findings: [DoctorFinding]

    package init(checkedAt: Date, checked: [String], findings: [DoctorFinding]) {
        self.checkedAt = checkedAt
        self.checked = checked
        self.findings = findings
    }
}

/// One trouble with its cause and remedy, one line each.
package struct DoctorFinding: Codable, Hashable, Sendable {
    /// How bad it is: good to know, trouble to come or hidden, something that does not work.
    package enum Severity: String, Codable, Hashable, Sendable, CaseIterable {
        case note, warning, failure
    }

    /// A stable word: `cable`, `parity`, `afi-pair`.
    package var kind: String
    /// Findings come with the worst first: `failure`, `warning`, `note`.
    package var severity: Severity
    /// The reader, gate or other thing it is about.
    package var subject: String
    /// What was seen, lower case, no period: `no device /dev/ttyUSB0`.
    package var finding: String
    /// What it comes from, as far as the doctor can tell.
    package var cause: String
    /// What to do about it, often a command to type.
    package var remedy: String

    package init(
        kind: String,
        severity: Severity,
        subject: String,
        finding: String,
        cause: String,
        remedy: String
    ) {
        self.kind = kind
        self.severity = severity
        self.subject = subject
        self.finding = finding
        self.cause = cause
        self.remedy = remedy
    }
}
