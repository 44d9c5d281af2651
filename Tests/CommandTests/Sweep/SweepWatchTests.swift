import API
import Testing

@testable import Command

@Suite struct SweepWatchTests {
    @Test func `a finding is shown once`() {
        var watch = SweepWatch(.example())
        let finding = Finding.example("a")
        #expect(watch.take(.finding(finding)) == [.finding(finding)])
        #expect(watch.take(.finding(finding)).isEmpty)
    }

    @Test func `progress is notable once per percent`() {
        var watch = SweepWatch(.example(expected: 200, seen: 0))
        #expect(watch.take(.sweep(.example(expected: 200, seen: 2))) == [.progress(isNotable: true)])
        #expect(watch.take(.sweep(.example(expected: 200, seen: 3))) == [.progress(isNotable: false)])
        #expect(watch.take(.sweep(.example(expected: 200, seen: 4))) == [.progress(isNotable: true)])
    }

    @Test func `a finished sweep ends the watch and nothing takes it back`() {
        var watch = SweepWatch(.example())
        #expect(watch.take(.sweep(.example(state: .finished))) == [.over])
        #expect(watch.isOver)
        #expect(watch.take(.sweep(.example())).isEmpty)
        #expect(watch.take(.finding(.example("late"))).isEmpty)
        #expect(watch.isOver)
    }

    @Test func `another sweep is none of its business`() {
        var watch = SweepWatch(.example())
        #expect(watch.take(.sweep(.example(state: .finished, id: 8))).isEmpty)
        #expect(!watch.isOver)
    }

    @Test func `a sweep that expects nothing is no division by nothing`() {
        var watch = SweepWatch(.example(expected: 0, seen: 0))
        #expect(watch.take(.sweep(.example(expected: 0, seen: 0))) == [.progress(isNotable: true)])
    }
}
