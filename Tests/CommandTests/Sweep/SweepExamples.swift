import API
import Foundation

extension SweepSummary {
    static func example(
        state: State = .running,
        expected: Int = 200,
        seen: Int = 50,
        findings: [String: Int] = [:],
        id: Int = 7
    ) -> SweepSummary {
        SweepSummary(
            id: id,
            state: state,
            scope: "REF, QA 76 to QA 77",
            startedAt: Date(timeIntervalSince1970: 1_795_000_000),
            finishedAt: state == .finished ? Date(timeIntervalSince1970: 1_795_000_600) : nil,
            snapshot: 3,
            expected: expected,
            seen: seen,
            others: 2,
            sightings: 640,
            findings: findings,
            strip: [
                SweepSummary.Stretch(from: "QA 76", expected: 100, seen: 50),
                SweepSummary.Stretch(from: "QA 76.9", expected: 100, seen: 0),
            ]
        )
    }
}

extension Finding {
    static func example(_ id: String, kind: String = "wrong location", severity: String = "problem") -> Finding {
        Finding(
            id: id,
            kind: kind,
            severity: severity,
            barcode: "3012",
            uid: "E00401503309CE74",
            title: "Sorting and searching",
            callNumber: "QA 76.9 .S6",
            reason: "heard between items of STACKS, belongs to REF",
            advice: "carry it to REF",
            lastSeen: nil,
            reader: "wand-1"
        )
    }
}
