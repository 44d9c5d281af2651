import API
import Foundation
import Library
import Tags

extension API.Finding {
    init(_ finding: Library.Finding) {
        let barcode: String? =
            switch finding.id.subject {
            case .item(let barcode): barcode
            case .tag: finding.item?.barcode
            }
        let uid: TagUID? =
            switch finding.id.subject {
            case .item: finding.evidence.tags.first
            case .tag(let uid): uid
            }
        self.init(
            id: finding.id.description,
            kind: finding.kind.rawValue,
            severity: finding.severity.grade,
            barcode: barcode,
            uid: uid?.description,
            title: finding.item?.title,
            callNumber: finding.item?.callNumber,
            reason: finding.reason,
            advice: finding.remedy,
            lastSeen: finding.evidence.last.map { Date($0) },
            reader: finding.evidence.readers.isEmpty ? nil : finding.evidence.readers.joined(separator: ", "),
            evidence: API.FindingEvidence(finding.evidence)
        )
    }
}

extension API.FindingEvidence {
    init?(_ evidence: Library.FindingEvidence) {
        guard evidence.last != nil else { return nil }
        self.init(
            tags: evidence.tags.map(\.description),
            readers: evidence.readers,
            passes: evidence.passes,
            firstSeen: evidence.first.map { Date($0) },
            lastSeen: evidence.last.map { Date($0) },
            afis: evidence.afis.map(Int.init)
        )
    }
}

extension Severity {
    /// The word on the wire.
    fileprivate var grade: String {
        switch self {
        case .act: "problem"
        case .look: "notice"
        case .note, .hidden: "info"
        }
    }
}
