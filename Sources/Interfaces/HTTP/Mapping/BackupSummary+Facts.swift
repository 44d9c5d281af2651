import API
import Library

extension BackupSummary {
    init(_ facts: BackupFacts) {
        self.init(
            bytes: facts.byteCount,
            items: facts.itemCount,
            sweeps: facts.sweepCount,
            openSecurityChanges: facts.openChangeCount
        )
    }
}
