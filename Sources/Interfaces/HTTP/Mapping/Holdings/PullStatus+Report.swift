import API
import Foundation
import Library
import Operations

extension PullStatus {
    init(_ report: PullReport) {
        let (items, full, cause): (Int?, Bool?, String?) =
            switch report.outcome {
            case .taken(let items, let wasFull): (items, wasFull, nil)
            case .failed(let cause): (nil, nil, cause)
            case nil: (nil, nil, nil)
            }
        self.init(
            name: report.name,
            system: report.system,
            startedAt: report.startedAt.map { Date($0) },
            endedAt: report.endedAt.map { Date($0) },
            items: items,
            full: full,
            cause: cause,
            nextAt: report.nextAt.map { Date($0) }
        )
    }
}
