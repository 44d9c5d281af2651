package import Library
package import Tags

/// What became of a request to release or secure an item.
package struct SecurityReport: Sendable {
    /// How a request ended, by what was read back and not by what was written.
    package enum End: Sendable {
        case refused(SecurityRefusal)
        /// Every part said so already.
        case alreadySo([TagUID])
        case flipped(SecurityIntent, SecurityResult)
    }

    /// What was asked for.
    package var request: SecurityRequest
    /// How it ended.
    package var end: End
    /// For the person at the pad.
    package var notes: [String]
    /// Its place in the security journal; `nil` where nothing was written down.
    package var change: SecurityRecord.ID?

    package init(request: SecurityRequest, end: End, notes: [String] = [], change: SecurityRecord.ID? = nil) {
        self.request = request
        self.end = end
        self.notes = notes
        self.change = change
    }
}

extension SecurityReport.End: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .alreadySo: "unchanged: every part said so already"
        case .flipped(_, let result): "\(result.outcome.rawValue): \(result.reason)"
        }
    }
}

extension SecurityReport {
    /// Why the tags are not as wanted; `nil` when they are.
    package var shortfall: String? {
        switch end {
        case .alreadySo: nil
        case .flipped(_, let result) where result.outcome == .done: nil
        case .refused, .flipped: end.description
        }
    }
}
