import Library
import Tags

/// A shelf and wands that hear it badly, in ways that are known: what estimates are calibrated on.
enum SimulatedShelf {
    /// How well tags are heard on one visit.
    enum Noise: String, CaseIterable {
        /// Every tag with the same chance, 0.65.
        case even
        /// The same, 0.8.
        case evenStrong = "even, strong"
        /// The same, 0.97: a good wand, held slowly along a shelf without metal.
        case evenClear = "even, clear"
        /// From 0.98 at the spine evenly down to 0.35 at the opening.
        case spine
        /// Most tags at the spine; the logit of the chance falls by 1.5 for each standard deviation of a half normal
        /// distance.
        case spineTail = "spine, tail"
        /// 0.92, and 0.37 in shielded runs of 10 items in the mean, one every 70 items.
        case shielded
        /// ``shielded`` upon ``spineTail``.
        case both = "spine and shielded"

        func chances(_ items: Int, _ random: inout some RandomNumberGenerator) -> [Double] {
            var chances = (0..<items).map { _ -> Double in
                switch self {
                case .even: 0.65
                case .evenStrong: 0.8
                case .evenClear: 0.97
                case .spine: 0.98 - 0.63 * Double.random(in: 0..<1, using: &random)
                case .spineTail, .both: logistic(3 - 1.5 * SimulatedShelf.bell(&random).magnitude)
                case .shielded: 0.92
                }
            }
            guard self == .shielded || self == .both else { return chances }
            var place = SimulatedShelf.wait(60, &random)
            while place < items {
                let end = min(place + 1 + SimulatedShelf.wait(9, &random), items)
                for item in place..<end { chances[item] *= 0.4 }
                place = end + 1 + SimulatedShelf.wait(60, &random)
            }
            return chances
        }

        private func logistic(_ value: Double) -> Double {
            // e^-x by its definition; exact enough for a chance.
            var power = 1 - value / 4096
            for _ in 0..<12 { power *= power }
            return 1 / (1 + power)
        }
    }

    /// On how many visits each item was heard, and how many of the silent ones stand there.
    static func log(
        _ noise: Noise,
        items: Int,
        visits: Int,
        absent: Double = 0.03,
        _ random: inout some RandomNumberGenerator
    ) -> (times: [UInt8], unheard: Int) {
        var unheard = 0
        let times = noise.chances(items, &random).map { chance -> UInt8 in
            if Double.random(in: 0..<1, using: &random) < absent { return 0 }
            let heard = (0..<visits).count { _ in Double.random(in: 0..<1, using: &random) < chance }
            if heard == 0 { unheard += 1 }
            return UInt8(heard)
        }
        return (times, unheard)
    }

    /// How badly a wand tells the order of what it passes.
    struct Walking {
        /// Standard deviation, in books, of when a tag answers.
        var jitter = 3.0
        /// Tags whose answers come together in one burst.
        var burst = 6
        /// The chance that a tag stays silent on a walk.
        var missed = 0.1
        /// There and back again, each counting as one.
        var walks = 2

        /// Books that the wand passes in a second.
        static let pace = 10.0
    }

    /// What a wand hears along `books`, given in the order in which they stand; time begins at `start`.
    static func sightings(
        of books: [String],
        _ walking: Walking = Walking(),
        reader: String = "wand-1",
        start: Int64 = 1_772_438_400_000,
        _ random: inout some RandomNumberGenerator
    ) -> [Sighting] {
        var sightings: [Sighting] = []
        var begin = start
        let length = Int64(Double(books.count) / Walking.pace * 1000)
        for walk in 0..<walking.walks {
            for (place, barcode) in books.enumerated()
            where Double.random(in: 0..<1, using: &random) >= walking.missed {
                let along = walk % 2 == 0 ? place : books.count - 1 - place
                let answer = Double(along) + walking.jitter * bell(&random)
                let burst = Double(max(walking.burst, 1))
                let at = (answer / burst).rounded(.up) * burst / Walking.pace * 1000
                sightings.append(
                    Sighting(
                        uid: uid(barcode),
                        barcode: barcode,
                        reader: reader,
                        at: Moment(milliseconds: begin + Int64(at))
                    )
                )
            }
            begin += length + 60_000
        }
        return sightings
    }

    static func uid(_ barcode: String) -> TagUID {
        TagUID(0xE004_0100_0000_0000 + (UInt64(barcode) ?? 0))
    }

    static func barcode(_ number: Int) -> String { String(10_000_000 + number) }

    /// Books of one call number each, in shelf order; the keys are numbers.
    static func books(_ count: Int, copies: (Int) -> Int = { $0 }) -> [ShelvedItem] {
        (0..<count).map { number in
            let place = copies(number)
            let bytes = (0..<4).reversed().map { UInt8(truncatingIfNeeded: place >> ($0 * 7) & 0x7F) }
            return ShelvedItem(
                item: Item(barcode: barcode(number), callNumber: "N \(place)"),
                key: ShelfKey(bytes: bytes)
            )
        }
    }

    /// Puts some books to other places, at least `distance` from their own.
    static func disordered(
        _ count: Int,
        moved: Int,
        distance: Int = 1,
        _ random: inout some RandomNumberGenerator
    ) -> (order: [Int], moved: Set<Int>) {
        let wanderers = Set((0..<count).shuffled(using: &random).prefix(moved))
        var order = (0..<count).filter { !wanderers.contains($0) }
        for book in wanderers.sorted() {
            var place = Int.random(in: 0...order.count, using: &random)
            while (place - book).magnitude < distance { place = Int.random(in: 0...order.count, using: &random) }
            order.insert(book, at: place)
        }
        return (order, wanderers)
    }

    /// Normally distributed with standard deviation 1: twelve even numbers summed up.
    static func bell(_ random: inout some RandomNumberGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }

    /// Steps until something happens that happens once in so many steps.
    private static func wait(_ mean: Int, _ random: inout some RandomNumberGenerator) -> Int {
        var steps = 0
        while Int.random(in: 0..<mean, using: &random) != 0 { steps += 1 }
        return steps
    }
}
