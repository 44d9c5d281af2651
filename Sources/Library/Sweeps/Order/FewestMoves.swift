/// An item on the shelf as the order check sees it: where it belongs, and between which two places it stands.
struct StandingItem: Hashable, Sendable {
    /// Its place by call number; copies of one call number share a rank.
    var rank: Int
    /// Where it stands, along the shelf. Two items stand certainly one after the other only when their ranges do not
    /// meet.
    var position: ClosedRange<Double>

    init(rank: Int, position: ClosedRange<Double>) {
        self.rank = rank
        self.position = position
    }
}

/// The fewest items to move so that nothing stands certainly in wrong order.
///
/// Where positions are certain this is the longest non-decreasing subsequence. Where they are ranges, two items
/// quarrel only when one stands certainly before the other and belongs behind it; the largest set without a quarrel is
/// found exactly, by going through the items in their right order and keeping, for each place that may be the farthest
/// beginning of a range so far, the most items that can stay. Time n log n, memory linear.
enum FewestMoves {
    /// For each item whether it may stay where it is; as many stay as can.
    static func staying(_ items: [StandingItem]) -> [Bool] {
        let beginnings = distinct(items.map(\.position.lowerBound).sorted())
        // Among copies the order is free; by their beginnings none of them shuts another out.
        let order = items.indices.map { Int32($0) }.sorted {
            let (left, right) = (items[Int($0)], items[Int($1)])
            return (left.rank, left.position.lowerBound, $0) < (right.rank, right.position.lowerBound, $1)
        }
        var states = StayingCounts(count: beginnings.count + 1)
        var steps: [(farthest: Int32, reach: Int32, source: Int32)] = []
        steps.reserveCapacity(items.count)
        for item in order {
            let position = items[Int(item)].position
            let farthest = upperBound(beginnings, position.lowerBound)
            let reach = upperBound(beginnings, position.upperBound)
            let best = states.best(upTo: farthest)
            states.addOne(farthest + 1, reach)
            states.set(farthest, to: best.count + 1)
            steps.append((Int32(farthest), Int32(reach), Int32(best.place)))
        }
        var staying = Array(repeating: false, count: items.count)
        var state = Int32(states.best(upTo: beginnings.count).place)
        for (item, step) in zip(order, steps).reversed() {
            if state == step.farthest, state > 0 {
                staying[Int(item)] = true
                state = step.source
            } else if state > step.farthest, state <= step.reach {
                staying[Int(item)] = true
            }
        }
        return staying
    }

    private static func distinct(_ sorted: [Double]) -> [Double] {
        var distinct: [Double] = []
        for number in sorted where number != distinct.last { distinct.append(number) }
        return distinct
    }

    /// How many of the sorted numbers are not above `limit`.
    private static func upperBound(_ numbers: [Double], _ limit: Double) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// For each possible farthest beginning the most items that can stay; a segment tree with pending additions.
private struct StayingCounts {
    private let size: Int
    private var most: [Int32]
    private var place: [Int32]
    private var pending: [Int32]

    private static let never: Int32 = -(1 << 29)

    /// Place 0 stands for no item yet.
    init(count: Int) {
        var size = 1
        while size < count { size *= 2 }
        self.size = size
        most = Array(repeating: Self.never, count: 2 * size)
        place = Array(repeating: 0, count: 2 * size)
        pending = Array(repeating: 0, count: 2 * size)
        for number in 0..<size { place[size + number] = Int32(number) }
        set(0, to: 0)
    }

    mutating func set(_ number: Int, to count: Int) {
        var node = size + number
        var above: Int32 = 0
        var ancestor = node / 2
        while ancestor >= 1 {
            above += pending[ancestor]
            ancestor /= 2
        }
        most[node] = Int32(clamping: count) - above
        while node > 1 {
            node /= 2
            renew(node)
        }
    }

    func best(upTo number: Int) -> (count: Int, place: Int) {
        // From the leaf upwards, every left sibling covers places before it.
        var node = size + number
        var (count, at) = (most[node], place[node])
        while node > 1 {
            if node % 2 == 1, most[node - 1] >= count { (count, at) = (most[node - 1], place[node - 1]) }
            node /= 2
            count += pending[node]
        }
        return (Int(count), Int(at))
    }

    mutating func addOne(_ first: Int, _ last: Int) {
        guard first <= last else { return }
        add(first, last, node: 1, from: 0, to: size - 1)
    }

    private mutating func add(_ first: Int, _ last: Int, node: Int, from: Int, to: Int) {
        if first <= from, to <= last {
            most[node] += 1
            if node < size { pending[node] += 1 }
            return
        }
        let middle = (from + to) / 2
        if first <= middle { add(first, last, node: 2 * node, from: from, to: middle) }
        if last > middle { add(first, last, node: 2 * node + 1, from: middle + 1, to: to) }
        renew(node)
    }

    private mutating func renew(_ node: Int) {
        let (left, right) = (2 * node, 2 * node + 1)
        let better = most[right] > most[left] ? right : left
        most[node] = most[better] + pending[node]
        place[node] = place[better]
    }
}
