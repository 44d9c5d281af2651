import Library
import Testing

/// A small generator of the same pseudo-random numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct ShelfOrderPropertyTests {
    private static func number(_ generator: inout SeededGenerator, _ scheme: CallNumberScheme) -> String {
        let pieces = [
            "QA", "R", "B", "76", "5", "823.912", "100", ".B25", ".A1", "L3", " ", " v.2", " c.1", "1999", "x", "SMI",
            ":",
            "/", "(410)", "+", "=", "\"19\"", "é", "Å", "no.10", "Bd.3", ".", "-", "IV", "m", "REF ", "0", "00012", "Ж",
        ]
        let head = scheme == .ddc || scheme == .udc ? "51" : "QA 7"
        let tail = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }
        return Bool.random(using: &generator) ? head + tail.joined() : tail.joined()
    }

    @Test(arguments: CallNumberScheme.allCases)
    func `keys are a total order of their bytes and the same number always gets the same key`(
        _ scheme: CallNumberScheme
    ) {
        var generator = SeededGenerator(state: 42)
        let numbers = (0..<400).map { _ in Self.number(&generator, scheme) }
        let keys = numbers.compactMap { ShelfKey(callNumber: $0, scheme: scheme) }
        #expect(keys == numbers.compactMap { ShelfKey(callNumber: $0, scheme: scheme) })
        #expect(keys.count > 50)
        for first in keys {
            #expect(!first.bytes.contains(0xFF))
            for second in keys {
                let relations = [first < second, first == second, first > second]
                #expect(relations.filter { $0 }.count == 1)
                #expect((first < second) == first.bytes.lexicographicallyPrecedes(second.bytes))
            }
        }
    }

    @Test(arguments: CallNumberScheme.allCases)
    func `a number stands in the range from itself to itself`(_ scheme: CallNumberScheme) throws {
        var generator = SeededGenerator(state: 7)
        var checked = 0
        for _ in 0..<500 {
            let number = Self.number(&generator, scheme)
            guard let key = ShelfKey(callNumber: number, scheme: scheme) else { continue }
            #expect(try ShelfRange(from: number, to: number, scheme: scheme).contains(key), "\(number)")
            checked += 1
        }
        #expect(checked > 50)
    }

    @Test func `any bytes are filed or refused, never worse`() {
        var generator = SeededGenerator(state: 3)
        var filed = 0
        for _ in 0..<3000 {
            let count = Int.random(in: 0...30, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = String(decoding: bytes, as: UTF8.self)
            for scheme in CallNumberScheme.allCases where ShelfKey(callNumber: text, scheme: scheme) != nil {
                filed += 1
            }
        }
        #expect(filed > 1000)
    }
}
