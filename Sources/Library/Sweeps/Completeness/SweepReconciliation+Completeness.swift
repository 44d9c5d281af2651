/// Repeat sightings over visits, and what they say of what was not heard.
extension SweepReconciliation {
    /// Items that are looked at together: some 40 cm of shelf.
    private static let sectionSize = 16
    /// Items that one more visit has to be likely to add before a stretch is worth it.
    private static let worthwhile = 0.5

    /// How complete the sweep is so far. Seconds at a million items: ask at the end, or now and then.
    package func completeness() -> Completeness {
        let sections = sections(filed)
        var result = Completeness(
            unheard: Completeness.Unheard(likely: 0, range: 0...0),
            judged: 0,
            heard: 0,
            untold: 0,
            thinSpots: [],
            stretches: [],
            likelihoods: [:]
        )
        var again: [Int: Double] = [:]
        var lower = 0.0, upper = 0.0
        for visits in Set(sections.map(\.visits)).sorted() {
            let alike = sections.filter { $0.visits == visits }
            guard visits >= 2 else {
                result.untold += alike.reduce(0) { $0 + $1.times.count { $0.times == 0 } }
                continue
            }
            let times = alike.flatMap(\.times)
            let estimate = UnheardEstimate(times: times.map(\.times), visits: visits)
            result.judged += times.count
            result.heard += times.count { $0.times > 0 }
            result.unheard.likely += estimate.likely
            // Shelves visited more or less often were estimated apart from each other: their errors partly cancel.
            let below = estimate.likely - Double(estimate.range.lowerBound)
            let above = Double(estimate.range.upperBound) - estimate.likely
            lower += below * below
            upper += above * above
            again[visits] = estimate.again
            for (item, likelihood) in zip(times, estimate.likelihoods) where item.times == 0 {
                result.likelihoods[item.number] = likelihood
            }
        }
        let likely = result.unheard.likely
        let least = Int(max(0, likely - lower.squareRoot()).rounded(.up))
        result.unheard.range = least...max(least, Int((likely + upper.squareRoot()).rounded(.down)))
        result.thinSpots = thinSpots(sections, result.likelihoods, again)
        result.stretches = stretches(sections, result)
        return result
    }

    /// The filed items in parts of some 40 cm, each with its visits.
    func sections(_ filed: [Int]) -> [SectionVisits] {
        stride(from: 0, to: filed.count, by: Self.sectionSize).map {
            SectionVisits(items: filed[$0..<min($0 + Self.sectionSize, filed.count)], in: self)
        }
    }

    private func thinSpots(
        _ sections: [SectionVisits],
        _ likelihoods: [Int: Double],
        _ again: [Int: Double]
    ) -> [ThinSpot] {
        var spots: [ThinSpot] = []
        for section in sections {
            guard let first = section.times.first?.number, let last = section.times.last?.number,
                let reason = reason(section, likelihoods, again)
            else { continue }
            let seen = section.times.count { $0.times > 0 }
            if let before = spots.last, (before.places.upperBound..<first).allSatisfy({ gone($0) != nil }),
                let joined = before.reason.joined(with: reason)
            {
                spots[spots.count - 1].places = before.places.lowerBound..<(last + 1)
                spots[spots.count - 1].to = expected.callNumber(last) ?? ""
                spots[spots.count - 1].seen += seen
                spots[spots.count - 1].reason = joined
            } else {
                spots.append(
                    ThinSpot(
                        from: expected.callNumber(first) ?? "",
                        to: expected.callNumber(last) ?? "",
                        places: first..<(last + 1),
                        seen: seen,
                        reason: reason
                    )
                )
            }
        }
        return spots
    }

    private func reason(
        _ section: SectionVisits,
        _ likelihoods: [Int: Double],
        _ again: [Int: Double]
    ) -> ThinSpot.Reason? {
        let silent = section.times.filter { $0.times == 0 }
        guard !silent.isEmpty else { return nil }
        switch section.visits {
        case 0: return .notVisited
        case 1: return .visitedOnce
        default:
            let gain = silent.reduce(0) { $0 + (likelihoods[$1.number] ?? 0) } * (again[section.visits] ?? 0)
            return gain >= Self.worthwhile ? .wouldGain(gain) : nil
        }
    }

    /// The unheard items of each stretch; their range is as wide as that of the whole, and by its own chance wider.
    private func stretches(_ sections: [SectionVisits], _ whole: Completeness) -> [Completeness.Unheard?] {
        var sums = Array(repeating: (likely: 0.0, variance: 0.0, silent: 0, told: 0), count: seenByStretch.count)
        for section in sections where section.visits >= 2 {
            for item in section.times {
                let place = stretch(of: item.number)
                sums[place].told += 1
                guard item.times == 0 else { continue }
                let likelihood = whole.likelihoods[item.number] ?? 0
                sums[place].likely += likelihood
                sums[place].variance += likelihood * (1 - likelihood)
                sums[place].silent += 1
            }
        }
        let likely = max(whole.unheard.likely, 1e-9)
        let doubt = Double(whole.unheard.range.upperBound - whole.unheard.range.lowerBound) / 3.92 / likely
        return sums.map { sum in
            guard sum.told > 0 else { return nil }
            let width = 1.96 * (sum.variance + doubt * doubt * sum.likely * sum.likely).squareRoot()
            let least = min(Int(max(0, sum.likely - width).rounded()), sum.silent)
            let most = min(Int((sum.likely + width).rounded(.up)), sum.silent)
            return Completeness.Unheard(likely: sum.likely, range: least...max(least, most))
        }
    }
}

extension ThinSpot.Reason {
    /// One reason for two neighbours; `nil` when they differ.
    fileprivate func joined(with other: Self) -> Self? {
        switch (self, other) {
        case (.notVisited, .notVisited), (.visitedOnce, .visitedOnce): self
        case (.wouldGain(let left), .wouldGain(let right)): .wouldGain(left + right)
        default: nil
        }
    }
}

/// The visits that neighbouring items had in common, and how often each of the items was heard on them.
struct SectionVisits {
    /// A visit counts when it heard this part of what was ever heard there: a wand that only brushed the stretch says
    /// nothing of what it did not hear.
    private static let wholeVisit = 0.5

    /// A good visit heard this part of all that is expected there, or all but one.
    private static let goodVisit = 0.8

    /// Expected items.
    let count: Int
    private(set) var visits = 0
    private(set) var goodVisits = 0
    /// Items that were only heard on visits that do not count are left out: they are seen, but say nothing.
    private(set) var times: [(number: Int, times: UInt8)] = []

    init(items: some Collection<Int>, in sweep: SweepReconciliation) {
        count = items.count
        var hearings: [(hearing: Hearing, number: Int)] = []
        var heard = 0
        for number in items {
            let evidence = sweep.evidence(number)
            if !evidence.isEmpty { heard += 1 }
            for tag in evidence { hearings += tag.hearings.map { ($0, number) } }
        }
        hearings.sort {
            ($0.hearing.reader, $0.hearing.pass, $0.hearing.first, $0.number)
                < ($1.hearing.reader, $1.hearing.pass, $1.hearing.first, $1.number)
        }
        var counts: [Int: Int] = [:]
        var visit: (hearing: Hearing, items: Set<Int>)?
        func close() {
            guard let visit else { return }
            let share = Double(visit.items.count) / Double(count)
            if share >= Self.goodVisit || visit.items.count + 1 >= count { goodVisits += 1 }
            guard Double(visit.items.count) >= Self.wholeVisit * Double(heard) else { return }
            visits += 1
            for number in visit.items { counts[number, default: 0] += 1 }
        }
        for (hearing, number) in hearings {
            if var open = visit, open.hearing.touches(hearing, gap: sweep.rules.visitGap) {
                open.hearing.join(hearing)
                open.items.insert(number)
                visit = open
            } else {
                close()
                visit = (hearing, [number])
            }
        }
        close()
        // Odds are kept for so many visits; more say nothing new.
        visits = min(visits, 12)
        times = items.compactMap { number in
            let count = UInt8(clamping: min(counts[number] ?? 0, visits))
            return count == 0 && sweep.isHeard(number) ? nil : (number, count)
        }
    }
}
