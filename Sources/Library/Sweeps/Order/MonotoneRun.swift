/// The longest rising or falling part of a row of numbers, by patience sorting; equal neighbours count as both.
enum MonotoneRun {
    /// Places of the longest non-decreasing subsequence.
    static func rising(_ numbers: some RandomAccessCollection<Double>) -> [Int] {
        var tails: [(number: Double, place: Int)] = []
        var before = Array(repeating: -1, count: numbers.count)
        for (place, number) in numbers.enumerated() {
            let length = length(fitting: number, tails)
            before[place] = length > 0 ? tails[length - 1].place : -1
            if length < tails.count { tails[length] = (number, place) } else { tails.append((number, place)) }
        }
        var run: [Int] = []
        var place = tails.last?.place ?? -1
        while place >= 0 {
            run.append(place)
            place = before[place]
        }
        return run.reversed()
    }

    /// For each beginning of the row, from the empty one to the whole, how long its longest non-decreasing part is.
    static func lengths(_ numbers: some Sequence<Double>) -> [Int] {
        var tails: [(number: Double, place: Int)] = []
        var lengths = [0]
        for number in numbers {
            let length = length(fitting: number, tails)
            if length < tails.count { tails[length].number = number } else { tails.append((number, 0)) }
            lengths.append(tails.count)
        }
        return lengths
    }

    private static func length(fitting number: Double, _ tails: [(number: Double, place: Int)]) -> Int {
        var (low, high) = (0, tails.count)
        while low < high {
            let middle = (low + high) / 2
            if tails[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
