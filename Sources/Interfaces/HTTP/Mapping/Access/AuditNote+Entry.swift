import API
import Foundation
import Library
import Wire

extension AuditNote {
    init(_ entry: AuditEntry) {
        self.init(
            id: entry.id,
            at: Date(entry.at),
            who: entry.who,
            role: entry.role,
            means: entry.means,
            peer: entry.peer,
            action: entry.action,
            target: entry.target,
            result: entry.result,
            chain: Hex.string(entry.chain)
        )
    }
}

extension AuditVerification {
    init(_ verdict: AuditVerdict) {
        self.init(
            isWhole: verdict.fault == nil,
            entries: verdict.count,
            last: verdict.last,
            chain: Hex.string(verdict.chain),
            fault: verdict.fault
        )
    }
}
