import API
import Operations
import Tags

extension ConversionResult {
    init(_ reports: [ConversionReport], of order: ConversionOrder) {
        let found = Set(reports.compactMap(\.barcode))
        self.init(
            target: order.target.rawValue,
            dryRun: order.isDryRun,
            tags: reports.map { Tag($0) },
            missing: order.barcodes.subtracting(found).sorted()
        )
    }
}

extension ConversionResult.Tag {
    fileprivate init(_ report: ConversionReport) {
        self.init(
            uid: report.uid.description,
            barcode: report.barcode,
            model: report.model,
            outcome: ConversionResult.Outcome(report.end),
            reason: report.end.description,
            hint: report.end.hint,
            blocks: report.plan?.writes.map(\.block),
            interruption: report.plan.map { $0.interruption.description },
            leftOut: report.plan?.leftOut ?? [],
            notes: report.notes
        )
    }
}

extension ConversionResult.Outcome {
    fileprivate init(_ end: ConversionReport.End) {
        switch end {
        case .converted: self = .converted
        case .unchanged: self = .unchanged
        case .planned: self = .planned
        case .refused, .otherItem: self = .refused
        case .cutOff: self = .cutOff
        case .notRead: self = .notRead
        case .stopped: self = .stopped
        }
    }
}
