import API
import Foundation
import Hummingbird
import Operations

/// What is wrong, with cause and remedy.
struct DoctorRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/doctor") { _, _ in
            let facts = try await desk.doctorFacts()
            return try Response.json(
                DoctorReport(
                    checkedAt: Date(facts.now),
                    checked: desk.doctorChecks,
                    findings: facts.diagnoses.map(DoctorFinding.init)
                )
            )
        }
    }
}

extension DoctorFinding {
    init(_ diagnosis: Diagnosis) {
        let severity: Severity =
            switch diagnosis.severity {
            case .note: .note
            case .warning: .warning
            case .failure: .failure
            }
        self.init(
            kind: diagnosis.kind.rawValue,
            severity: severity,
            subject: diagnosis.subject,
            finding: diagnosis.finding,
            cause: diagnosis.cause,
            remedy: diagnosis.remedy
        )
    }
}
