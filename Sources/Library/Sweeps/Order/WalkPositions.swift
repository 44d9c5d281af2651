/// Where items stand along the shelf, by when a reader was nearest to each of them on one walk.
///
/// Readings come in bursts and HF readers tell no distance, so one item's moment is only worth some places. The wand,
/// though, moves steadily along a shelf of which nearly everything stands right: the running median of the right places
/// of what is heard around one moment tells where the wand is, and its longest rising (or, walking back, falling) part
/// keeps a run of strange books from leading it astray.
struct WalkPositions: Sendable {
    /// Something heard: its right place by call number, and how far copies may stand from that to either side.
    struct Mark: Hashable, Sendable {
        var number: Int32
        /// A shelf tag's place is certain, whatever stands around it.
        var isShelfMark: Bool
        var rank: Double
        var play: Double
        /// When the wand was nearest, in milliseconds.
        var at: Int64

        init(number: Int, rank: Double, play: Double = 0, isShelfMark: Bool = false, at: Int64 = 0) {
            self.number = Int32(clamping: number)
            self.rank = rank
            self.play = play
            self.isShelfMark = isShelfMark
            self.at = at
        }
    }

    struct Position: Hashable, Sendable {
        var number: Int32
        /// On the scale of right places.
        var place: Double
        /// How far off it may be at most.
        var margin: Double
        /// The walk began or ended here: only one side was heard.
        var isAtEnd: Bool
    }

    private(set) var positions: [Position] = []

    /// Neighbours on either side that tell where the wand is.
    private static let window = 8
    /// Fewer items in a row tell no order.
    private static let fewest = 12
    /// Turning back must explain so much more than one direction does.
    private static let turning = 1.25
    /// The part of a walk that must agree with one direction.
    private static let agreement = 0.4

    /// `marks` are in the order in which the wand came by.
    init(_ marks: [Mark]) {
        walk(marks[...])
    }

    private mutating func walk(_ marks: ArraySlice<Mark>) {
        guard marks.count >= Self.fewest else { return }
        let medians = Self.medians(marks.map(\.rank))
        let falling = medians.map { -$0 }
        let rising = MonotoneRun.rising(medians)
        let backwards = MonotoneRun.rising(falling)
        let whole = max(rising.count, backwards.count)
        if let turn = Self.turn(medians, falling, whole: whole) {
            walk(marks[..<(marks.startIndex + turn)])
            walk(marks[(marks.startIndex + turn)...])
            return
        }
        guard Double(whole) >= Self.agreement * Double(marks.count) else { return }
        place(marks, medians, rising.count >= backwards.count ? rising : backwards)
    }

    /// Where the wand turned back; `nil` when it did not.
    private static func turn(_ medians: [Double], _ falling: [Double], whole: Int) -> Int? {
        guard medians.count >= 2 * fewest, whole < medians.count * 4 / 5 else { return nil }
        let (up, down) = (MonotoneRun.lengths(medians), MonotoneRun.lengths(falling))
        // Read backwards, what falls rises.
        let upBehind = MonotoneRun.lengths(falling.reversed()), downBehind = MonotoneRun.lengths(medians.reversed())
        var best = (length: Int(Double(whole) * turning), place: 0)
        for place in fewest...(medians.count - fewest) {
            let behind = medians.count - place
            let length = max(up[place], down[place]) + max(upBehind[behind], downBehind[behind])
            if length > best.length { best = (length, place) }
        }
        return best.place > 0 ? best.place : nil
    }

    private mutating func place(_ marks: ArraySlice<Mark>, _ medians: [Double], _ spine: [Int]) {
        let marks = Array(marks)
        var places = Self.along(spine, medians)
        Self.level(&places, marks)
        Self.hold(&places, to: marks, isRising: (medians[spine.last ?? 0] >= medians[spine.first ?? 0]))
        let errors = zip(marks, places).filter { !$0.0.isShelfMark }
            .map { max(0, ($0.rank - $1).magnitude - $0.play) }.sorted()
        guard !errors.isEmpty else { return }
        let margin = Self.margin(errors)
        for (place, mark) in marks.enumerated() where !mark.isShelfMark {
            positions.append(
                Position(
                    number: mark.number,
                    place: places[place],
                    margin: margin,
                    isAtEnd: min(place, marks.count - 1 - place) < 3
                )
            )
        }
    }

    /// How far off an item may be at most, by how far off all are, the nearest first.
    ///
    /// Some five standard deviations by the middle of the errors; more where bursts make their tail long. What lies
    /// beyond the margin stands wrong and says nothing of how well the wand tells places: it is left out, and the rest
    /// is looked at again.
    private static func margin(_ errors: [Double]) -> Double {
        var rest = errors[...]
        var margin = errors[errors.count - 1]
        for _ in 0..<8 {
            let middle = 5 * 1.4826 * rest[rest.count / 2]
            let bulk = rest[rest.count * 4 / 5]
            let tail = rest[rest.count * 19 / 20]
            margin = max(middle, 3.9 * bulk, min(2.55 * tail, 6 * bulk), 2.5)
            let kept = rest.prefix { $0 <= margin }
            guard kept.count < rest.count, kept.count * 2 > errors.count else { break }
            rest = kept
        }
        return margin
    }

    /// The place of each moment, between the two nearest that the spine holds.
    private static func along(_ spine: [Int], _ medians: [Double]) -> [Double] {
        var places = medians
        for (left, right) in zip(spine, spine.dropFirst()) where right - left > 1 {
            for place in (left + 1)..<right {
                let share = Double(place - left) / Double(right - left)
                places[place] = medians[left] + share * (medians[right] - medians[left])
            }
        }
        if let first = spine.first { for place in 0..<first { places[place] = medians[first] } }
        if let last = spine.last { for place in medians.indices.dropFirst(last + 1) { places[place] = medians[last] } }
        return places
    }

    /// Nobody knows the order of what was heard at one moment.
    private static func level(_ places: inout [Double], _ marks: [Mark]) {
        var start = 0
        while start < marks.count {
            let end = marks[start...].firstIndex { $0.at != marks[start].at } ?? marks.count
            let middle = places[start..<end].reduce(0, +) / Double(end - start)
            for place in start..<end { places[place] = middle }
            start = end
        }
    }

    /// Between two shelf tags stands what was heard between them, whatever it is.
    private static func hold(_ places: inout [Double], to marks: [Mark], isRising: Bool) {
        let shelves = marks.indices.filter { marks[$0].isShelfMark }
        guard !shelves.isEmpty else { return }
        var next = 0
        for place in marks.indices {
            while next < shelves.count, shelves[next] < place { next += 1 }
            let behind = next < shelves.count ? marks[shelves[next]].rank : nil
            let before = next > 0 ? marks[shelves[next - 1]].rank : nil
            let (low, high) = isRising ? (before, behind) : (behind, before)
            if let low { places[place] = max(places[place], low) }
            if let high { places[place] = min(places[place], high) }
        }
    }

    /// For each number the median of those around it; the window shrinks to both sides at the ends.
    private static func medians(_ numbers: [Double]) -> [Double] {
        numbers.indices.map { place in
            let reach = min(window, place, numbers.count - 1 - place)
            return numbers[(place - reach)...(place + reach)].sorted()[reach]
        }
    }
}
