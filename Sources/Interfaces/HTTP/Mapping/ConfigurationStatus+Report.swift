import API
import Foundation
import Operations

extension ConfigurationStatus {
    /// `nil` where there is no file: in a simulated branch.
    init?(_ report: ConfigurationReport) {
        guard let file = report.file, let readAt = report.readAt else { return nil }
        self.init(
            file: file,
            readAt: Date(readAt),
            waitsForRestart: report.waiting,
            refused: report.refused
        )
    }
}
