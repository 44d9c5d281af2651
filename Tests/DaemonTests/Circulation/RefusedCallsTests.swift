import Testing

@testable import Daemon

@Test func `a caller is told at once, and then once a minute with how often it called`() {
    var calls = RefusedCalls()
    #expect(calls.note("kiosk 10.0.0.1", at: .zero) == 1)
    let lines = (1..<1000).count { calls.note("kiosk 10.0.0.1", at: .milliseconds($0)) != nil }
    #expect(lines == 0)
    #expect(calls.note("kiosk 10.0.0.2", at: .seconds(1)) == 1)
    #expect(calls.note("kiosk 10.0.0.1", at: .seconds(60)) == 1000)
    #expect(calls.note("kiosk 10.0.0.1", at: .seconds(61)) == nil)
    #expect(calls.note("kiosk 10.0.0.1", at: .seconds(120)) == 2)
}

@Test func `whoever calls from ever new addresses is told once a minute too, and fills no memory`() {
    var calls = RefusedCalls()
    let told = (0..<10_000).count { calls.note("kiosk \($0)", at: .milliseconds($0)) != nil }
    #expect(told == 65)
    // A minute later the first ones are forgotten, and those that come now have a line of their own.
    #expect(calls.note("kiosk 20000", at: .seconds(200)) == 1)
    #expect(calls.note("kiosk 20001", at: .seconds(200)) == 1)
}
