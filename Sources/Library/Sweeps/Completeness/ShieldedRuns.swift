/// A shelf on which runs of neighbours are weak together, as behind metal or among thin books: a hidden Markov chain
/// along the shelf with a clear and a shielded state.
///
/// What shields a run takes the same part of every tag's chance, whatever its depth behind the spine.
/// For each way in which tags differ with depth and each share of absent items, the two means and the lengths of
/// the runs are fitted (expectation and maximisation); what they cost is paid as in the Bayesian information criterion.
struct ShieldedRuns: Sendable {
    private(set) var mixture = UnheardMixture()
    private var best: (weight: Double, fit: ShieldingFit, levels: SpreadLevels)?

    private static let spreads: [(HearingSpread, prior: Double)] = [
        (.none, 0.24), (.depth(0.9), 0.08), (.depth(1.6), 0.08), (.tail(0.9), 0.3), (.tail(1.6), 0.3),
    ]
    private static let shares = 20
    /// Fewer items say nothing of runs.
    private static let fewest = 60

    /// `times` as in ``UnheardEstimate/init(times:visits:)``.
    init(times: [UInt8], visits: Int) {
        let silent = times.count { $0 == 0 }
        guard times.count >= Self.fewest, silent > 0 else { return }
        let cost = 2 * (Double(times.count) / 10 + 2).logarithm
        for (spread, prior) in Self.spreads {
            let levels = SpreadLevels(spread, visits: visits)
            var fit = ShieldingFit()
            for number in 0...Self.shares {
                let absent = Double(silent) / Double(times.count) * Double(number) / Double(Self.shares)
                fit.present = max(1 - absent, 1e-6)
                for _ in 0..<(number == 0 ? 40 : 8) { fit.improve(on: times, levels) }
                let weight = fit.likelihood - cost + (prior / Double(Self.shares + 1)).logarithm
                mixture.add(
                    UnheardMixture.Node(
                        weight: weight,
                        mean: fit.unheard,
                        variance: fit.variance,
                        again: fit.again
                    )
                )
                if weight > best?.weight ?? -.greatestFiniteMagnitude { best = (weight, fit, levels) }
            }
        }
    }

    /// For each item the chance that it stands there, if it was not heard, by the fit that agrees best.
    func likelihoods(_ times: [UInt8]) -> [Double] {
        guard let best else { return Array(repeating: 0, count: times.count) }
        var fit = best.fit
        return fit.likelihoods(times, best.levels)
    }
}

/// One fit of the two states to a log.
private struct ShieldingFit {
    /// The share of items that stand there.
    var present = 1.0
    /// Mean chances of being heard, clear and shielded.
    private var means = (clear: 0.9, shielded: 0.4)
    /// The chances that the next item begins a shielded run, and that it ends one.
    private var begins = 0.02
    private var ends = 0.1

    /// By the values before the last improvement.
    private(set) var likelihood = 0.0
    private(set) var unheard = 0.0
    private(set) var variance = 0.0
    private(set) var again = 0.0

    /// For each item the chance of the clear state, given all before it and itself.
    private var clearSoFar: [Double] = []

    /// One round of the forward and backward algorithm, and the values that it suggests.
    mutating func improve(on times: [UInt8], _ levels: SpreadLevels) {
        let odds = levels.odds(clear: means.clear, shielded: means.shielded)
        let (clear, shielded) = (emission(odds.clear), emission(odds.shielded))
        forward(times, clear.chances, shielded.chances)
        backward(times, clear, shielded)
    }

    mutating func likelihoods(_ times: [UInt8], _ levels: SpreadLevels) -> [Double] {
        let odds = levels.odds(clear: means.clear, shielded: means.shielded)
        let (clear, shielded) = (emission(odds.clear), emission(odds.shielded))
        forward(times, clear.chances, shielded.chances)
        var likelihoods = Array(repeating: 0.0, count: times.count)
        var behind = (clear: 1.0, shielded: 1.0)
        for place in times.indices.reversed() {
            let heard = Int(times[place])
            let chance = state(clearSoFar[place], behind)
            likelihoods[place] = heard > 0 ? 0 : chance * clear.stays + (1 - chance) * shielded.stays
            behind = step(behind, clear.chances[heard], shielded.chances[heard])
        }
        return likelihoods
    }

    private struct Emission {
        /// Of each number of hearings, absent items included.
        var chances: [Double]
        /// The chance that a silent item stands there.
        var stays: Double
        var again: Double
    }

    private func emission(_ odds: HearingOdds) -> Emission {
        var chances = odds.times.map { max($0 * present, 1e-300) }
        let stays = chances[0]
        chances[0] += 1 - present
        return Emission(
            chances: chances,
            stays: stays / chances[0],
            again: 1 - odds.silentOnceMore / max(odds.times[0], 1e-300)
        )
    }

    private mutating func forward(_ times: [UInt8], _ clear: [Double], _ shielded: [Double]) {
        if clearSoFar.count != times.count { clearSoFar = Array(repeating: 1, count: times.count) }
        var chance = ends / (begins + ends)
        var product = 1.0
        likelihood = 0
        for place in times.indices {
            if place > 0 { chance = chance * (1 - begins) + (1 - chance) * ends }
            let heard = Int(times[place])
            let (left, right) = (chance * clear[heard], (1 - chance) * shielded[heard])
            let both = left + right
            chance = left / both
            clearSoFar[place] = chance
            product *= both
            // Logarithms are dear: one for many items.
            if product < 1e-200 {
                likelihood += product.logarithm
                product = 1
            }
        }
        likelihood += product.logarithm
    }

    private mutating func backward(_ times: [UInt8], _ clear: Emission, _ shielded: Emission) {
        let visits = Double(clear.chances.count - 1)
        var behind = (clear: 1.0, shielded: 1.0)
        var heardClear = 0.5, triedClear = 1.0, heardShielded = 0.5, triedShielded = 1.0
        var began = 0.5, couldBegin = 10.0, ended = 0.5, couldEnd = 5.0
        (unheard, variance, again) = (0, 0, 0)
        for place in times.indices.reversed() {
            let heard = Int(times[place])
            let chance = state(clearSoFar[place], behind)
            var (isClear, isShielded) = (chance, 1 - chance)
            if heard == 0 {
                (isClear, isShielded) = (chance * clear.stays, (1 - chance) * shielded.stays)
                let stays = isClear + isShielded
                unheard += stays
                variance += stays * (1 - stays)
                again += isClear * clear.again + isShielded * shielded.again
            }
            heardClear += chance * Double(heard)
            heardShielded += (1 - chance) * Double(heard)
            triedClear += isClear * visits
            triedShielded += isShielded * visits
            guard place > 0 else { break }
            let before = clearSoFar[place - 1]
            let (left, right) = (clear.chances[heard] * behind.clear, shielded.chances[heard] * behind.shielded)
            let stay = before * (1 - begins) * left, begin = before * begins * right
            let end = (1 - before) * ends * left, remain = (1 - before) * (1 - ends) * right
            let all = stay + begin + end + remain
            began += begin / all
            couldBegin += (stay + begin) / all
            ended += end / all
            couldEnd += (end + remain) / all
            behind = step(behind, clear.chances[heard], shielded.chances[heard])
        }
        if unheard > 0 { again /= unheard }
        means = (heardClear / triedClear, heardShielded / triedShielded)
        begins = began / couldBegin
        // A state that changes with every book is no shielded run but a difference between tags.
        ends = min(ended / couldEnd, 0.25)
    }

    /// The chance of the clear state by all items, from those before and those behind.
    private func state(_ soFar: Double, _ behind: (clear: Double, shielded: Double)) -> Double {
        let (left, right) = (soFar * behind.clear, (1 - soFar) * behind.shielded)
        return left / (left + right)
    }

    /// What the items from here on say of the state of the item before, up to a common factor.
    private func step(
        _ behind: (clear: Double, shielded: Double),
        _ clear: Double,
        _ shielded: Double
    ) -> (clear: Double, shielded: Double) {
        let (left, right) = (clear * behind.clear, shielded * behind.shielded)
        let (first, second) = ((1 - begins) * left + begins * right, ends * left + (1 - ends) * right)
        return (first / (first + second), second / (first + second))
    }
}

/// The odds of one way of differing, by their mean chance.
private struct SpreadLevels {
    private let spread: HearingSpread
    private let visits: Int
    /// Logits from the lowest to the highest, each with the mean chance that it gives.
    private let levels: [(level: Double, mean: Double)]

    init(_ spread: HearingSpread, visits: Int) {
        self.spread = spread
        self.visits = visits
        levels = (0..<80).map { number in
            let level = -6 + Double(number) * 0.18
            let chances = spread.chances(level: level)
            return (level, chances.reduce(0, +) / Double(chances.count))
        }
    }

    /// Of the clear and the shielded state: shielding takes the same part of the chance of every tag, whatever its
    /// depth.
    func odds(clear: Double, shielded: Double) -> (clear: HearingOdds, shielded: HearingOdds) {
        let chances = spread.chances(level: level(of: clear))
        let mean = chances.reduce(0, +) / Double(chances.count)
        let part = shielded / mean
        return (
            HearingOdds(chances: chances, visits: visits),
            HearingOdds(chances: chances.map { min(max($0 * part, 0.002), 0.995) }, visits: visits)
        )
    }

    /// Between the two levels on either side of this mean.
    private func level(of mean: Double) -> Double {
        var (low, high) = (0, levels.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if levels[middle].mean < mean { low = middle } else { high = middle }
        }
        let (below, above) = (levels[low], levels[high])
        let share = min(max((mean - below.mean) / (above.mean - below.mean), 0), 1)
        return below.level + share * (above.level - below.level)
    }
}
