/// The chance that a tag is heard on so many of `visits` visits, when the tags of a shelf differ in a certain way.
struct HearingOdds: Hashable, Sendable {
    /// By number of visits on which it is heard, from 0; adds up to 1.
    var times: [Double]
    /// The chance that it stays silent on one visit more than that.
    var silentOnceMore: Double
    /// The mean chance of being heard on one visit.
    var mean: Double

    /// `level` moves all tags up or down: it is the logit of the chance, for ``HearingSpread/line(_:)`` the chance.
    init(level: Double, spread: HearingSpread, visits: Int) {
        self.init(chances: spread.chances(level: level), visits: visits)
    }

    /// Of tags with these chances, as many of each; none of them 0 or 1.
    init(chances: [Double], visits: Int) {
        times = Array(repeating: 0, count: visits + 1)
        silentOnceMore = 0
        mean = 0
        let share = 1 / Double(chances.count)
        for chance in chances {
            mean += chance * share
            var term = share
            for _ in 0..<visits { term *= 1 - chance }
            silentOnceMore += term * (1 - chance)
            // Each term of the binomial from the one before.
            let odds = chance / (1 - chance)
            for heard in 0...visits {
                times[heard] += term
                term *= odds * Double(visits - heard) / Double(heard + 1)
            }
        }
    }
}

/// In which way tags differ in how well they are heard: equal, or weaker the further they sit from the wand.
enum HearingSpread: Hashable, Sendable {
    case none
    /// Tags sit evenly between spine and opening; the number is the standard deviation of the logit.
    case depth(Double)
    /// Most sit at the spine and a few far from it, as half of a bell; standard deviation of the logit.
    case tail(Double)
    /// The chance itself falls evenly from the spine to the opening; the number is half of the fall.
    case line(Double)

    /// The chances of 25 tags, none of them 0 or 1.
    func chances(level: Double) -> [Double] {
        switch self {
        case .none: [Self.chance(level)]
        case .depth(let spread): Self.even.map { Self.chance(level - spread * $0) }
        case .tail(let spread): Self.bell.map { Self.chance(level - spread * $0) }
        case .line(let fall): Self.steps.map { min(max(level + fall * $0, 0.005), 0.995) }
        }
    }

    private static func chance(_ logit: Double) -> Double {
        1 / (1 + (-min(max(logit, -12), 12)).exponential)
    }

    private static let count = 25
    /// From -1 to 1.
    private static let steps = (0..<count).map { (Double($0) + 0.5) * 2 / Double(count) - 1 }
    private static let even = standardised(steps)
    private static let bell = standardised(
        steps.map { step in
            // The quantile of a half normal distribution, by halving.
            var (low, high) = (0.0, 8.0)
            for _ in 0..<50 {
                let middle = (low + high) / 2
                if middle.normalShare < 0.75 + step / 4 { low = middle } else { high = middle }
            }
            return low
        }
    )

    /// Moved and stretched to mean 0 and standard deviation 1.
    private static func standardised(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return values.map { ($0 - mean) / variance.squareRoot() }
    }
}
