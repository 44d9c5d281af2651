/// How sure a data model is that a tag is one of its own, and why.
package struct Recognition: Hashable, Sendable {
    package enum Confidence: String, Hashable, Sendable, Comparable {
        case no, maybe, certain

        package static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .no: 0
            case .maybe: 1
            case .certain: 2
            }
        }
    }

    package var confidence: Confidence
    /// Lower case, no period: what in the bytes speaks for or against the model.
    package var reason: String

    package init(_ confidence: Confidence, because reason: String) {
        self.confidence = confidence
        self.reason = reason
    }
}
