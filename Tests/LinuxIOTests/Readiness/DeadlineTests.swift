import Testing

@testable import LinuxIO

@Test func `a deadline lies its duration after the start`() {
    let start = Deadline(nanoseconds: 1_000)
    #expect(start + .milliseconds(5) == Deadline(nanoseconds: 5_001_000))
    #expect((start + .milliseconds(5)).after(start) == .milliseconds(5))
}

@Test func `what has passed is now and what is too far is never`() {
    let start = Deadline(nanoseconds: 1_000)
    #expect(start + .seconds(-1) == start)
    #expect(start + .seconds(Int64.max) == .never)
    #expect(start.after(start + .seconds(1)) == .zero)
}
