/// What became of an expected item; each ends in exactly one case.
enum Presence: Hashable {
    case seen
    case missing
    /// Its place was not swept well enough to say that it is missing.
    case notSwept
    /// It has no place in shelf order, so nobody knows whether its place was swept.
    case unfiled
    /// Its place was swept, but tags as weak as those around it are heard too seldom to be as sure as the site wants.
    case unsure(likelihood: Double)
    /// Its status changed since the snapshot: it need not stand there any more.
    case gone(ItemStatus)

    func verdicts(reach: Int) -> [Verdict] {
        switch self {
        case .seen, .gone: []
        case .missing: [Verdict(kind: .missing, reason: "not heard, but its neighbours on both sides were")]
        case .notSwept:
            [Verdict(kind: .notSwept, reason: "not heard, nor anything within \(reach) places on one side of it")]
        case .unfiled: [Verdict(kind: .notSwept, reason: "not heard, and its place on the shelf is not known")]
        case .unsure(let likelihood):
            [
                Verdict(
                    kind: .notSwept,
                    reason: "not heard, but a tag like its neighbours' stays silent in \(percent(likelihood)) of cases"
                )
            ]
        }
    }

    private func percent(_ share: Double) -> String {
        "\(Int((share * 100).rounded())) %"
    }
}

extension SweepReconciliation {
    /// The presence of each expected item, in shelf order, if the sweep ends here.
    func presence() -> [Presence] {
        let filed = (0..<expected.count).filter { expected.key($0) != nil }
        let swept = rules.coverage.swept(visits: filed.map { visits($0) })
        let doubt = rules.certainty.map { (allowed: 1 - $0, unheard: completeness().likelihoods) }
        var presence = Array(repeating: Presence.unfiled, count: expected.count)
        for (place, number) in filed.enumerated() {
            presence[number] = swept[place] ? .missing : .notSwept
            guard swept[place], let doubt else { continue }
            let likelihood = doubt.unheard[number] ?? 1
            if likelihood > doubt.allowed { presence[number] = .unsure(likelihood: likelihood) }
        }
        for number in 0..<expected.count {
            if isHeard(number) {
                presence[number] = .seen
            } else if let status = history(number)?.latest, !scope.statuses.contains(status) {
                presence[number] = .gone(status)
            }
        }
        return presence
    }
}
