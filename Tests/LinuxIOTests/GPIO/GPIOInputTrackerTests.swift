import Testing
import Wire

@testable import LinuxIO

private func tracker() -> GPIOInputTracker {
    let lines = ["fire", "mute"].map { GPIOInput(name: $0, place: .init(chip: "gate", line: .named($0))) }
    return GPIOInputTracker(.init(chip: "gate", path: "/dev/gpiochip0", lines: lines, offsets: [6, 2]))
}

@Test func `edges are told by the names of their inputs`() {
    var tracker = tracker()
    let taken = tracker.take([
        GPIOEvent(offset: 2, active: true, nanoseconds: 10, sequence: 1),
        GPIOEvent(offset: 6, active: true, nanoseconds: 20, sequence: 2),
        GPIOEvent(offset: 2, active: false, nanoseconds: 30, sequence: 3),
    ])
    #expect(
        taken.edges == [
            LineEdge(input: "mute", active: true, nanoseconds: 10),
            LineEdge(input: "fire", active: true, nanoseconds: 20),
            LineEdge(input: "mute", active: false, nanoseconds: 30),
        ]
    )
    #expect(!taken.lost)
}

@Test func `an input that is active at the start is told`() {
    var tracker = tracker()
    #expect(tracker.compare(with: 0b01, at: 5) == [LineEdge(input: "fire", active: true, nanoseconds: 5)])
    #expect(tracker.compare(with: 0b01, at: 6).isEmpty)
}

@Test func `a gap in the numbers asks for the levels, which tell what was missed`() {
    var tracker = tracker()
    let taken = tracker.take([GPIOEvent(offset: 2, active: true, nanoseconds: 10, sequence: 4)])
    #expect(taken.lost)
    #expect(tracker.compare(with: 0b11, at: 11) == [LineEdge(input: "fire", active: true, nanoseconds: 11)])
    #expect(!tracker.take([GPIOEvent(offset: 6, active: false, nanoseconds: 12, sequence: 5)]).lost)
}

@Test func `a chip that comes back counts from one and tells what changed meanwhile`() {
    var tracker = tracker()
    _ = tracker.take([GPIOEvent(offset: 6, active: true, nanoseconds: 10, sequence: 1)])
    tracker.restart()
    #expect(tracker.compare(with: 0, at: 20) == [LineEdge(input: "fire", active: false, nanoseconds: 20)])
    #expect(!tracker.take([GPIOEvent(offset: 6, active: true, nanoseconds: 30, sequence: 1)]).lost)
}

@Test func `an event of a foreign line or without change is no edge`() {
    var tracker = tracker()
    let events = [
        GPIOEvent(offset: 5, active: true, nanoseconds: 10, sequence: 1),
        GPIOEvent(offset: 2, active: false, nanoseconds: 20, sequence: 2),
    ]
    #expect(tracker.take(events).edges.isEmpty)
}
