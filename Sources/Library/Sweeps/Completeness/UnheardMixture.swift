/// What each of many descriptions of the shelf says of the items that stand there unheard, and how well each of them
/// agrees with what was heard.
struct UnheardMixture: Sendable {
    struct Node: Sendable {
        /// Logarithm of prior times likelihood.
        var weight: Double
        /// Of the number of items that stand there unheard.
        var mean: Double
        var variance: Double
        /// The chance that one of them is heard on the next visit.
        var again: Double
    }

    private var nodes: [Node] = []
    private var best = -Double.greatestFiniteMagnitude

    mutating func add(_ node: Node) {
        // What is e¹⁴ times less likely than the best one moves nothing.
        guard node.weight > best - 14 else { return }
        best = max(best, node.weight)
        nodes.append(node)
    }

    /// The evidence for all nodes together, up to a factor common to all mixtures of the same log.
    var evidence: Double {
        best + nodes.reduce(0) { $0 + ($1.weight - best).exponential }.logarithm
    }

    static func + (left: UnheardMixture, right: UnheardMixture) -> UnheardMixture {
        var sum = left
        for node in right.nodes { sum.add(node) }
        return sum
    }

    /// All nodes drawn together; `limit` items were not heard at all.
    func distribution(limit: Int) -> UnheardDistribution {
        var buckets: [Int: (weight: Double, mean: Double, variance: Double)] = [:]
        var (total, likely, again) = (0.0, 0.0, 0.0)
        let step = max(Double(limit) / 400, 0.02)
        for node in nodes where node.weight > best - 14 {
            let weight = (node.weight - best).exponential
            total += weight
            likely += weight * node.mean
            again += weight * node.again * node.mean
            let bucket = Int(node.mean / step)
            let old = buckets[bucket] ?? (0, 0, 0)
            buckets[bucket] = (
                old.weight + weight, old.mean + weight * node.mean, old.variance + weight * node.variance
            )
        }
        guard total > 0 else { return UnheardDistribution(bells: [], limit: limit, likely: 0, again: 0) }
        let bells = buckets.values.map {
            UnheardDistribution.Bell(
                share: $0.weight / total,
                mean: $0.mean / $0.weight,
                width: ($0.variance / $0.weight + 1e-4).squareRoot()
            )
        }
        return UnheardDistribution(
            bells: bells,
            limit: limit,
            likely: likely / total,
            again: likely > 0 ? again / likely : 0
        )
    }
}

/// How likely each number of unheard items is: a sum of bells.
struct UnheardDistribution: Sendable {
    struct Bell: Sendable {
        var share: Double
        var mean: Double
        var width: Double
    }

    let bells: [Bell]
    /// Items that were not heard at all: there are no more.
    let limit: Int
    let likely: Double
    /// The chance that one of them is heard on the next visit.
    let again: Double

    /// The chance that there are so many or fewer.
    func share(upTo number: Int) -> Double {
        guard number < limit else { return 1 }
        return bells.reduce(0) { $0 + $1.share * ((Double(number) + 0.5 - $1.mean) / $1.width).normalShare }
    }

    /// The middle 95 %; everything when nothing is known.
    var range: ClosedRange<Int> {
        guard !bells.isEmpty else { return 0...limit }
        let lower = quantile(0.025)
        return lower...max(lower, quantile(0.975))
    }

    private func quantile(_ wanted: Double) -> Int {
        var (low, high) = (0, limit)
        while low < high {
            let middle = (low + high) / 2
            if share(upTo: middle) < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
