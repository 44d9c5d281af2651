/// A hand leading a wand along the shelf, there and back for each pass.
struct WandWalk {
    /// In millimetres from the shelf's left end.
    var start: Double
    var end: Double
    /// In millimetres per second.
    var speed: Double
    var passes: Int

    /// The wand's place is told this often.
    static let step = Duration.milliseconds(50)

    /// Where the wand is, step by step, both ends of each pass included; `nil` when there are more than `most` steps.
    func positions(atMost most: Int) -> [(time: Duration, position: Double)]? {
        let stride = speed / 20
        let steps = (abs(end - start) / stride).rounded(.up)
        guard steps * Double(passes) < Double(most) else { return nil }
        var positions: [(Duration, Double)] = []
        var time = Duration.zero
        for pass in 0..<passes {
            let (from, to) = pass.isMultiple(of: 2) ? (start, end) : (end, start)
            for number in 0...Int(steps) {
                let way = min(Double(number) * stride, abs(to - from))
                positions.append((time, to >= from ? from + way : from - way))
                time += Self.step
            }
        }
        return positions
    }
}

/// Somebody carrying books through a gate: heard best in the middle.
struct GateWalk {
    /// In millimetres per second.
    var speed: Double
    /// What the bag lets through of the field, 0 to 1.
    var bag: Double

    /// How far before and behind its middle a gate is heard at all, and how far for certain, in millimetres.
    private static let depth = 700.0
    private static let reach = 500.0

    /// How well the books are heard, every 20 ms; `nil` when they have left.
    var couplings: [(time: Duration, coupling: Double?)] {
        var all: [(Duration, Double?)] = []
        var time = Duration.zero
        var place = -Self.depth
        // Slower than this nobody walks; it bounds the steps.
        let stride = max(speed, 50) / 50
        while place <= Self.depth {
            all.append((time, bag * Coupling.at(distance: abs(place), reach: Self.reach)))
            place += stride
            time += .milliseconds(20)
        }
        all.append((time, nil))
        return all
    }
}
