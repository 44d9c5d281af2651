/// What became of an expected item; each ends in exactly one case.
enum Presence: Hashable {
    case seen
    case missing
    /// Its place was not swept well enough to say that it is missing.
    case notSwept
    /// It has no place in shelf order, so nobody knows whether its place was swept.
    case unfiled

    func verdicts(on shelved: ShelvedItem, reach: Int) -> [Verdict] {
        switch self {
        case .seen: []
        case .missing: [Verdict(kind: .missing, reason: "not heard, but its neighbours on both sides were")]
        case .notSwept:
            [Verdict(kind: .notSwept, reason: "not heard, nor anything within \(reach) places on one side of it")]
        case .unfiled: [Verdict(kind: .notSwept, reason: "not heard, and its place on the shelf is not known")]
        }
    }
}

extension SweepReconciliation {
    /// The presence of each expected item, in shelf order, if the sweep ends here.
    func presence() -> [Presence] {
        let filed = expected.filter { $0.key != nil }
        let swept = rules.coverage.swept(filed.map { carriers[$0.item.barcode] != nil })
        var nextSwept = swept.makeIterator()
        return expected.map { shelved in
            let isSwept = shelved.key == nil ? nil : nextSwept.next()
            if carriers[shelved.item.barcode] != nil { return .seen }
            return switch isSwept {
            case true: .missing
            case false: .notSwept
            case nil: .unfiled
            }
        }
    }
}
