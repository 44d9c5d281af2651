/// How many items of a shelf stand there though no visit heard them: from how often each was heard on repeated visits.
///
/// Capture and recapture with unequal catchability. The expected items are known, so that an item that was never heard
/// is either not there or there and silent. Two kinds of shelf are weighed against each other by how well they explain
/// what was heard: one on which each tag has its own chance (all alike, or falling with its distance from the wand in
/// one of three ways), and one with shielded runs, in which neighbours are weak together. Within both, every share of
/// absent items is equally likely beforehand, so that the range runs from "the silent ones are gone" to "all of them
/// stand there" when the log can say no more. Method, calibration and limits: docs/sweeps.md.
struct UnheardEstimate: Sendable {
    var likely: Double
    /// Covers the truth in 95 % of sweeps like those it was calibrated on.
    var range: ClosedRange<Int>
    /// The chance that one of the unheard items is heard on one more visit.
    var again: Double
    /// The chance that an item that was not heard stands there, in the order of `times`; 0 for items that were heard.
    var likelihoods: [Double]
    /// Of the sample that was looked at.
    private(set) var distribution: UnheardDistribution?

    /// A large collection is looked at in evenly spaced blocks: fitting goes over them a thousand times.
    private static let sampleSize = 4000

    /// `times` says for each item, in shelf order, on how many of the `visits` visits it was heard; two visits at
    /// least.
    init(times: [UInt8], visits: Int) {
        let silent = times.count { $0 == 0 }
        guard silent > 0, silent < times.count else {
            // Nothing silent, or nothing heard at all: the log tells nothing about silent tags.
            likely = 0
            range = 0...(silent < times.count ? 0 : silent)
            again = 0
            likelihoods = Array(repeating: 0, count: times.count)
            return
        }
        let sample = Self.sample(times)
        let counts = sample.reduce(into: Array(repeating: 0, count: visits + 1)) { $0[min(Int($1), visits)] += 1 }
        let single = UnheardMixture(counts: counts)
        let runs = ShieldedRuns(times: sample, visits: visits)
        let inSample = (single + runs.mixture).distribution(limit: counts[0])
        let scale = counts[0] > 0 ? Double(silent) / Double(counts[0]) : 1
        likely = inSample.likely * scale
        let rangeInSample = inSample.range
        range = Self.scaled(rangeInSample.lowerBound, scale)...Self.scaled(rangeInSample.upperBound, scale)
        again = inSample.again
        distribution = inSample
        let shareOfRuns = 1 / (1 + min(single.evidence - runs.mixture.evidence, 500).exponential)
        let alone = single.distribution(limit: counts[0]).likely / Double(max(counts[0], 1))
        likelihoods = zip(times, runs.likelihoods(times)).map { times, local in
            times > 0 ? 0 : alone * (1 - shareOfRuns) + local * shareOfRuns
        }
    }

    private static func scaled(_ number: Int, _ scale: Double) -> Int {
        Int((Double(number) * scale).rounded())
    }

    /// Blocks that keep their neighbours.
    private static func sample(_ times: [UInt8]) -> [UInt8] {
        guard times.count > sampleSize else { return times }
        let blocks = 20
        let size = sampleSize / blocks
        return (0..<blocks).flatMap { block in
            let start = (times.count - size) * block / (blocks - 1)
            return times[start..<(start + size)]
        }
    }
}

extension UnheardMixture {
    /// Every way in which tags may differ on their own, with every mean and every share of absent items.
    ///
    /// A few weak tags among many good ones is what shelves look like, so that a tail is likelier beforehand than the
    /// rest; the weights were chosen on simulated shelves with other seeds than those of the calibration. `counts` says
    /// of how many items it is true that they were heard 0, 1, 2, … times.
    init(counts: [Int]) {
        self.init()
        let visits = counts.count - 1
        let items = Double(counts.reduce(0, +))
        let silent = Double(counts[0])
        for (spreads, prior) in Self.families {
            for spread in spreads {
                for (odds, step) in Self.levels(spread, visits: visits) {
                    var heard = 0.0
                    for times in 1...visits where counts[times] > 0 {
                        heard += Double(counts[times]) * max(odds.times[times], 1e-300).logarithm
                    }
                    let prior = (prior * step / Double(spreads.count)).logarithm + heard
                    for number in 0...Self.shares {
                        let present = max(1 - silent / items * Double(number) / Double(Self.shares), 1e-6)
                        let stays = present * odds.times[0]
                        let share = stays / (1 - present + stays)
                        add(
                            Node(
                                weight: prior + (items - silent) * present.logarithm
                                    + silent * (1 - present + stays).logarithm,
                                mean: silent * share,
                                variance: silent * share * (1 - share),
                                again: 1 - odds.silentOnceMore / odds.times[0]
                            )
                        )
                    }
                }
            }
        }
    }

    static let shares = 30

    private static let families: [(spreads: [HearingSpread], prior: Double)] = [
        ([.none], 0.3),
        (spreads.map { .depth($0) }, 0.1),
        (spreads.map { .tail($0) }, 0.5),
        ((1...6).map { .line(Double($0) * 0.08) }, 0.1),
    ]

    private static let spreads = [0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.9, 2.2, 2.6, 3.2]

    /// Odds for mean chances from 0.2 to 0.995, each with the width of its step: all means are equally likely.
    private static func levels(_ spread: HearingSpread, visits: Int) -> [(odds: HearingOdds, step: Double)] {
        let levels: [Double] =
            if case .line = spread {
                (0..<48).map { 0.2 + 0.795 * (Double($0) + 0.5) / 48 }
            } else {
                (0..<56).map { -2 + Double($0) * 0.16 }
            }
        let odds = levels.map { HearingOdds(level: $0, spread: spread, visits: visits) }
        return odds.indices.compactMap { place in
            let (below, above) = (max(place - 1, 0), min(place + 1, odds.count - 1))
            let step = (odds[above].mean - odds[below].mean) / Double(above - below)
            return (0.2...0.995).contains(odds[place].mean) && step > 0 ? (odds[place], step) : nil
        }
    }
}
