import Testing

@testable import Library

struct UnheardEstimateTests {
    /// Shelves of 1 000 items, three in a hundred of which are gone. The long run is in Benchmarks: docs/sweeps.md.
    @Test(arguments: [
        (SimulatedShelf.Noise.even, 3), (.spine, 4), (.spineTail, 3), (.shielded, 3),
    ])
    func `the range covers the truth on most shelves`(_ noise: SimulatedShelf.Noise, _ visits: Int) {
        var random = SeededGenerator(state: UInt64(visits))
        let runs = 8
        let covered = (0..<runs).count { _ in
            let shelf = SimulatedShelf.log(noise, items: 1000, visits: visits, &random)
            return UnheardEstimate(times: shelf.times, visits: visits).range.contains(shelf.unheard)
        }
        // Of eight independent runs at 95 %, fewer than six would come once in 170 seeds.
        #expect(covered >= 6)
    }

    @Test func `shielded neighbours are told from absent ones`() throws {
        // Twelve weak neighbours among 300 strong ones, six of them silent; and six lone silent ones elsewhere.
        var times = Array(repeating: UInt8(3), count: 300)
        for place in 100..<112 { times[place] = place % 2 == 0 ? 0 : 1 }
        for place in stride(from: 150, to: 270, by: 20) { times[place] = 0 }
        let estimate = UnheardEstimate(times: times, visits: 3)
        try #require(estimate.likelihoods.count > 170)
        #expect(estimate.likelihoods[104] > 0.5)
        #expect(estimate.likelihoods[170] < 0.1)
        #expect(estimate.likelihoods[101] == 0)
    }

    @Test func `where everything was heard nothing is unheard`() {
        let estimate = UnheardEstimate(times: [2, 3, 3, 2, 3], visits: 3)
        #expect(estimate.range == 0...0 && estimate.likely == 0)
    }

    @Test func `where nothing was heard anything may be`() {
        #expect(UnheardEstimate(times: [0, 0, 0], visits: 2).range == 0...3)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `the estimate stays within what was not heard`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let visits = Int.random(in: 2...5, using: &random)
        let times = (0..<Int.random(in: 1...90, using: &random)).map { _ in
            UInt8.random(in: 0...UInt8(visits), using: &random)
        }
        let silent = times.count { $0 == 0 }
        let estimate = UnheardEstimate(times: times, visits: visits)
        #expect(estimate.range.lowerBound >= 0 && estimate.range.upperBound <= silent)
        #expect(estimate.likely >= 0 && estimate.likely <= Double(silent) + 1e-9)
        #expect(estimate.likelihoods.count == times.count)
        #expect(zip(times, estimate.likelihoods).allSatisfy { $0 == 0 ? (0...1).contains($1) : $1 == 0 })
    }
}

struct LogarithmTests {
    @Test func `logarithm and power undo each other`() {
        for value in [1e-300, 0.001, 0.5, 1, 1.5, 2, 10, 12345.678, 1e300] {
            #expect((value.logarithm.exponential / value - 1).magnitude < 1e-12)
        }
        #expect((2.0.logarithm - 0.693_147_180_559_945).magnitude < 1e-14)
        #expect(0.0.logarithm == -.greatestFiniteMagnitude)
        #expect((-1000.0).exponential == 0)
    }

    /// 1.96 standard deviations on either side hold 95 %.
    @Test func `the normal distribution has its well known shares`() {
        #expect((1.959_963_985.normalShare - 0.975).magnitude < 1e-6)
        #expect(((-1.959_963_985).normalShare - 0.025).magnitude < 1e-6)
        #expect((0.0.normalShare - 0.5).magnitude < 1e-6)
    }
}
