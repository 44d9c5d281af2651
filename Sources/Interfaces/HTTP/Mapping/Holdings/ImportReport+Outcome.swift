import API
import Foundation
import Library
import Operations

extension ImportReport {
    init(_ outcome: ImportOutcome, dryRun: Bool, took: Duration) {
        self.init(
            snapshot: outcome.snapshot.map { SnapshotSummary($0) },
            profile: outcome.profile,
            guessedBy: outcome.reason,
            dryRun: dryRun,
            read: outcome.imported + outcome.rejectedCount,
            imported: outcome.imported,
            rejectedCount: outcome.rejectedCount,
            rejected: outcome.rejected.map { RejectedRow($0) },
            notices: outcome.notices,
            columns: outcome.columns.map { ColumnMeaning(name: $0.name, field: $0.field, patron: $0.isPatron) },
            first: outcome.first.map { ItemSummary($0) },
            gone: outcome.shrinkage.gone,
            seconds: took / .seconds(1)
        )
    }
}

extension RejectedRow {
    init(_ rejection: ImportRejection) {
        self.init(line: rejection.line, cause: rejection.cause, text: rejection.text)
    }
}

extension SnapshotSummary {
    init(_ info: SnapshotInfo) {
        let state: State =
            switch info.state {
            case .staged: .staged
            case .current: .current
            case .kept: .kept
            }
        self.init(
            number: Int(info.number),
            profile: info.profile,
            source: info.source,
            importedAt: Date(info.importedAt),
            items: info.itemCount,
            rejected: info.rejectedCount,
            state: state,
            base: info.base.map { Int($0) },
            checkedAt: info.checkedAt.map { Date($0) }
        )
    }
}

extension ImportState {
    init(_ progress: ImportProgress) {
        self.init(
            source: progress.source,
            profile: progress.profile,
            phase: progress.phase.rawValue,
            items: progress.items,
            rejected: progress.rejected,
            bytes: progress.bytes,
            startedAt: Date(progress.startedAt)
        )
    }
}
