import API

/// The findings, one line each, or what was looked at when all is well.
struct DoctorPage {
    let report: DoctorReport
    let palette: Palette

    var lines: [String] {
        guard !report.findings.isEmpty else {
            return [
                palette.paint("all is well", .good) + "; looked at: \(report.checked.joined(separator: "; "))".visible
            ]
        }
        return report.findings.map { finding in
            let words = "\(finding.subject): \(finding.finding); cause: \(finding.cause); remedy: \(finding.remedy)"
            return mark(finding.severity) + " " + words.visible
        }
    }

    private func mark(_ severity: DoctorFinding.Severity) -> String {
        switch severity {
        case .failure: palette.paint("FAIL", .bad)
        case .warning: palette.paint("WARN", .notice)
        case .note: "NOTE"
        }
    }
}
