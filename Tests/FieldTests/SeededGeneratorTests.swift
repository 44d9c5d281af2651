import Field
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `the numbers are those of SplitMix64`() {
        // The reference sequence for seed 1234567.
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
        #expect(generator.next() == 9_817_491_932_198_370_423)
    }

    @Test func `chances come out as often as they should`() {
        var generator = SeededGenerator(seed: 3)
        let hits = (0..<10_000).count { _ in generator.chance(0.25) }
        #expect((2300...2700).contains(hits))
        #expect(!generator.chance(0) && !generator.chance(-1))
        #expect(generator.chance(1) && generator.chance(2))
        #expect((0..<1000).allSatisfy { _ in (0..<1).contains(generator.fraction()) })
    }
}
