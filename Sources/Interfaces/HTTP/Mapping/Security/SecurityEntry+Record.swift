import API
import Foundation
import Library
import Operations
import Tags

extension SecurityEntry {
    init(_ record: SecurityRecord) {
        let (intent, result) = (record.intent, record.lastResult)
        self.init(
            id: record.id,
            barcode: intent.barcode,
            want: SecurityRequest.Want(intent.wanted),
            cause: intent.cause.rawValue,
            device: intent.reader,
            at: Date(intent.at),
            isAgreed: record.isAgreed,
            outcome: result?.outcome.rawValue,
            reason: result?.reason,
            settledAt: record.settledAt.map { Date($0) },
            parts: intent.changes.map { SecurityResult.Part($0, readBack: result?.readBack[$0.uid]) }
        )
    }
}

extension DivergenceReport {
    init(
        open: [SecurityRecord],
        divergences: [Library.Divergence],
        ends: [DivergenceEnd: Int],
        items: [String: Item]
    ) {
        var counts: [Group: Int] = [:]
        for record in open {
            counts[Group(cause: record.intent.cause.rawValue, device: record.intent.reader, count: 0), default: 0] += 1
        }
        for bit in divergences {
            let cause = "\(bit.tags.rawValue), item \(bit.item.rawValue)"
            counts[Group(cause: cause, device: bit.reader, count: 0), default: 0] += 1
        }
        let groups = counts.map { Group(cause: $0.key.cause, device: $0.key.device, count: $0.value) }
        self.init(
            changes: open.map(SecurityEntry.init),
            wrongBits: divergences.map { WrongBit($0, item: items[$0.barcode]) },
            groups: groups.sorted { ($1.count, $0.cause, $0.device) < ($0.count, $1.cause, $1.device) },
            repaired: ends[.repaired] ?? 0,
            heardRight: ends[.heardRight] ?? 0
        )
    }
}

extension WrongBit {
    init(_ divergence: Library.Divergence, item: Item?) {
        self.init(
            uid: divergence.uid.description,
            barcode: divergence.barcode,
            title: item?.title,
            callNumber: item?.callNumber,
            says: divergence.tags.rawValue,
            item: divergence.item.rawValue,
            want: SecurityRequest.Want(divergence.wanted),
            device: divergence.reader,
            first: Date(divergence.first),
            last: Date(divergence.last),
            times: divergence.times
        )
    }
}

extension SecurityRepair {
    init(_ report: RepairReport) {
        let (outcome, reason, hint): (Outcome, String, String?) =
            switch report.end {
            case .changed(let change): Self.words(API.SecurityResult(change))
            case .settled(let record):
                (.repaired, record.lastResult?.reason ?? "settled", nil)
            case .open(let record):
                (
                    .waits,
                    record.isAgreed
                        ? record.lastResult?.reason ?? "cut off before the end of it was known"
                        : "whether the \(record.intent.cause.rawValue) stands is not known",
                    record.isAgreed
                        ? "lay all its parts on a pad: it is finished by itself"
                        : "look it up in the library system; newer holdings settle it"
                )
            case .absent: (.waits, "it lies on no reader that may write", "lay it on a pad")
            case .unsure(let standing):
                (
                    .refused, "nobody knows for certain what its tags must say: \(standing.rawValue)",
                    "import newer holdings, or connect the library system"
                )
            case .unknown: (.refused, "the holdings do not know it", "see pressmark holdings lookup")
            }
        self.init(barcode: report.barcode, device: report.reader, outcome: outcome, reason: reason, hint: hint)
    }

    private static func words(_ result: API.SecurityResult) -> (Outcome, String, String?) {
        switch result.outcome {
        case .done: (.repaired, result.reason, nil)
        case .unchanged: (.right, result.reason, nil)
        case .refused: (.refused, result.reason, result.hint)
        case .failed, .uncertain: (.failed, result.reason, result.hint)
        }
    }
}
