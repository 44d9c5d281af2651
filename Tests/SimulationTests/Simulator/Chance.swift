import Field

/// The one source of everything that is drawn in a simulated branch, from its seed.
final class Chance: @unchecked Sendable {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// True once in so many times.
    func happens(_ probability: Double) -> Bool { generator.chance(probability) }

    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    func seconds(_ range: ClosedRange<Double>) -> Duration {
        .milliseconds(Int(Double.random(in: range, using: &generator) * 1000))
    }

    func jitter() -> Double { generator.fraction() * 2 - 1 }

    func one<Element>(of elements: [Element]) -> Element? { elements.randomElement(using: &generator) }

    func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &generator) }

    func seed() -> UInt64 { generator.next() }
}
