import Testing

/// Which passages of a gate are apart from the machine's slow times.
@Suite struct SlowTimesTests {
    /// Looks every 4, each woken 1 late, with what its work took.
    private func looks(_ work: UInt64...) -> [SlowTimes.Look] {
        work.enumerated().map { number, work in
            SlowTimes.Look(due: UInt64(number) * 4, woken: UInt64(number) * 4 + 1, work: work)
        }
    }

    @Test func `a slow time lasts from the last ordinary look to the next one`() {
        // Ordinary when woken at 1, 5 and 9, slow at 13 and 17, ordinary at 21 and 25.
        let slow = SlowTimes([looks(10, 10, 15, 16, 30, 10, 10)], latest: nil)
        #expect(!slow.had(2...8), "half as long again and no more is ordinary")
        #expect(slow.had(10...11), "how long before the slow look it began nobody knows")
        #expect(slow.had(14...15))
        #expect(slow.had(18...20), "and neither how long after it")
        #expect(!slow.had(22...24))
        #expect(slow.had(7...24), "the whole of it lies within")
        #expect(slow.share == 2 * 100 / 7.0)
    }

    @Test func `a processor that is always slow is at its usual pace`() {
        let slow = SlowTimes([looks(10, 10, 10), looks(25, 25, 25)], latest: nil)
        #expect(!slow.had(2...8))
        #expect(slow.share == 0)
    }

    @Test func `one slow processor is enough`() {
        let usual = looks(10, 10, 10, 10, 10)
        let slow = SlowTimes([usual, looks(10, 10, 99, 10, 10)], latest: nil)
        #expect(!slow.had(2...4))
        #expect(slow.had(6...7))
        #expect(!slow.had(14...16))
        #expect(slow.share == 10)
    }

    @Test func `a look that comes too late is slow where lateness counts, and nowhere else`() {
        var late = looks(10, 10, 10, 10, 10)
        late[2].woken += 2
        #expect(SlowTimes([late], latest: 2).had(7...8))
        #expect(SlowTimes([late], latest: 2).share == 20)
        #expect(!SlowTimes([late], latest: 3).had(7...8))
        #expect(!SlowTimes([late], latest: nil).had(7...8))
    }

    @Test func `what no ordinary look stands before and after is not apart`() {
        let slow = SlowTimes([looks(30, 10, 10, 10, 30)], latest: nil)
        #expect(slow.had(2...3))
        #expect(!slow.had(6...12))
        #expect(slow.had(15...16))
        #expect(slow.had(100...101))
        for nobody in [[], [[]]] as [[[SlowTimes.Look]]] {
            #expect(SlowTimes(nobody, latest: nil).had(2...3))
            #expect(SlowTimes(nobody, latest: nil).share == 0)
        }
    }
}
