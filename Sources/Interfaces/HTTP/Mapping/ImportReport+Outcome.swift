import API
import Foundation
import Library
import Operations

extension ImportReport {
    init(_ outcome: ImportOutcome, dryRun: Bool, took: Duration) {
        self.init(
            snapshot: outcome.snapshot.map { SnapshotSummary($0) },
            dryRun: dryRun,
            read: outcome.imported + outcome.rejectedCount,
            imported: outcome.imported,
            rejectedCount: outcome.rejectedCount,
            rejected: outcome.rejected.map { RejectedRow(line: $0.line, cause: $0.cause, text: $0.text) },
            notices: outcome.notices,
            seconds: took / .seconds(1)
        )
    }
}

extension SnapshotSummary {
    init(_ info: SnapshotInfo) {
        self.init(
            number: Int(info.number),
            profile: info.profile,
            source: info.source,
            importedAt: Date(info.importedAt),
            items: info.itemCount,
            rejected: info.rejectedCount
        )
    }
}
