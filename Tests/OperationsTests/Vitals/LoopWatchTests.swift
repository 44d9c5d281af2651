import Operations
import Testing

@Suite struct LoopWatchTests {
    @Test func `a loop that turns is never stuck`() {
        var watch = LoopWatch(limit: .seconds(60))
        for turn in 0..<100 {
            #expect(watch.look(["pad-1": UInt64(turn)], after: .seconds(30)) == [])
        }
    }

    @Test func `a loop without a turn is named when the limit is reached and forgiven at its next turn`() {
        var watch = LoopWatch(limit: .seconds(60))
        #expect(watch.look(["pad-1": 7, "gate-1": 1], after: .seconds(20)) == [])
        #expect(watch.look(["pad-1": 7, "gate-1": 2], after: .seconds(20)) == [])
        #expect(watch.look(["pad-1": 7, "gate-1": 3], after: .seconds(20)) == [])
        #expect(watch.look(["pad-1": 7, "gate-1": 4], after: .seconds(20)) == ["pad-1"])
        #expect(watch.look(["pad-1": 7, "gate-1": 4], after: .seconds(20)) == ["pad-1"])
        #expect(watch.look(["pad-1": 8, "gate-1": 5], after: .seconds(20)) == [])
    }

    @Test func `the first look at a loop starts its time, and a loop that is gone is forgotten`() {
        var watch = LoopWatch(limit: .seconds(60))
        #expect(watch.look(["pad-1": 7], after: .seconds(600)) == [])
        #expect(watch.look([:], after: .seconds(600)) == [])
        #expect(watch.look(["pad-1": 7], after: .seconds(600)) == [])
        #expect(watch.look(["pad-1": 7], after: .seconds(60)) == ["pad-1"])
    }
}
