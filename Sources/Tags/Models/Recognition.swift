/// How sure a data model is that a tag is one of its own, and why.
package struct Recognition: Hashable, Sendable {
    /// From `no` to `certain` in rising order; a circulation desk acts on `certain` alone.
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

    /// What models are compared by: the surest has the tag.
    package var confidence: Confidence
    /// Lower case, no period: what in the bytes speaks for or against the model.
    package var reason: String

    package init(_ confidence: Confidence, because reason: String) {
        self.confidence = confidence
        self.reason = reason
    }
}
