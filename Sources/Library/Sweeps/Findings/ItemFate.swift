/// What became of an expected item; each ends in exactly one case.
enum ItemFate: Hashable {
    case seen
    case missing
    /// Its place was not swept well enough to say that it is missing.
    case notSwept
    /// Its place was passed, but too few visits heard so much of it that silence means something.
    case badlySwept
    /// There was one visit alone, which tells nothing of what it did not hear.
    case visitedOnce
    /// The sweep looks for listed items: nobody knows whether what stands around this one was heard.
    case listed
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
        case .badlySwept:
            [Verdict(kind: .notSwept, reason: "not heard, but too few passes heard enough of its neighbourhood")]
        case .visitedOnce:
            [
                Verdict(
                    kind: .notSwept,
                    reason: "not heard on the one visit there: another one tells whether it is missing"
                )
            ]
        case .listed:
            [Verdict(kind: .notSwept, reason: "not heard; sweep its shelf to know whether it is missing")]
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
    /// What became of each expected item, in shelf order, if the sweep ends here.
    ///
    /// `completeness` is asked where the site wants to be certain. Where it can say nothing, since there was one visit
    /// alone, nothing is missing: no certainty can be had from one visit.
    func fates(_ completeness: Completeness?) -> [ItemFate] {
        let filed = filed
        let swept = rules.coverage.swept(filed.map { isHeard($0) })
        let good = goodVisits(filed)
        let doubt = rules.certainty.map { (allowed: 1 - $0, unheard: completeness?.likelihoods ?? [:]) }
        var fates = Array(repeating: ItemFate.unfiled, count: expected.count)
        for (place, number) in filed.enumerated() {
            guard swept[place] else {
                fates[number] = .notSwept
                continue
            }
            guard good[place] >= rules.coverage.passes else {
                fates[number] = .badlySwept
                continue
            }
            guard let doubt, doubt.allowed < 1 else {
                fates[number] = .missing
                continue
            }
            if let likelihood = doubt.unheard[number] {
                fates[number] = likelihood > doubt.allowed ? .unsure(likelihood: likelihood) : .missing
            } else {
                fates[number] = .visitedOnce
            }
        }
        if scope.items != nil { fates = fates.map { _ in .listed } }
        for number in 0..<expected.count {
            if isHeard(number) {
                fates[number] = .seen
            } else if let status = gone(number) {
                fates[number] = .gone(status)
            }
        }
        return fates
    }

    /// The expected items that have a place in shelf order, in that order. What is gone leaves a gap that nobody can
    /// hear: no pass is worse for it, and no stretch has to be walked again.
    var filed: [Int] {
        (0..<expected.count).filter { expected.key($0) != nil && gone($0) == nil }
    }

    /// The status by which an item need not stand there any more, as it changed since the snapshot; `nil` for what was
    /// heard all the same.
    func gone(_ number: Int) -> ItemStatus? {
        guard !isHeard(number), let status = history(number)?.latest, !scope.statuses.contains(status) else {
            return nil
        }
        return status
    }

    /// For each filed item how many good visits its neighbourhood had.
    private func goodVisits(_ filed: [Int]) -> [Int] {
        sections(filed).flatMap { section in Array(repeating: section.goodVisits, count: section.count) }
    }
}
