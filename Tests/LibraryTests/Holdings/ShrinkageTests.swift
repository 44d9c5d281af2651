import Library
import Testing

@Test(arguments: [(0, 100, false), (10, 100, false), (11, 100, true), (1, 2, true), (5, 0, false)])
func `an import shrinks when more than the share would go`(_ gone: Int, _ total: Int, _ exceeds: Bool) {
    #expect(Shrinkage(gone: gone, of: total).exceeds(percent: 10) == exceeds)
}

@Test func `the share that goes is rounded up, so that a little is never nothing`() {
    #expect(Shrinkage(gone: 1, of: 1_000_000).percent == 1)
    #expect(Shrinkage(gone: 0, of: 10).percent == 0)
    #expect(Shrinkage(gone: 10, of: 10).percent == 100)
}
