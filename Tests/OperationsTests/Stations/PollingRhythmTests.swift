import Operations
import Testing

private func at(_ milliseconds: Int64) -> Duration { .milliseconds(milliseconds) }

@Test func `a pad where nothing changes is looked at less often, and at once again when something does`() {
    var rhythm = PollingRhythm(role: .pad, interval: .milliseconds(100))
    #expect(rhythm.rest(at: at(0)) == .milliseconds(100))
    #expect(rhythm.rest(at: at(9_999)) == .milliseconds(100))
    #expect(rhythm.rest(at: at(10_000)) == .milliseconds(300))
    rhythm.changed(at: at(20_000))
    #expect(rhythm.rest(at: at(20_100)) == .milliseconds(100))
    #expect(rhythm.rest(at: at(30_000)) == .milliseconds(300))
}

@Test func `a site that wants more rest gets it`() {
    var rhythm = PollingRhythm(role: .pad, interval: .seconds(1))
    _ = rhythm.rest(at: at(0))
    #expect(rhythm.rest(at: at(60_000)) == .seconds(1))
}

@Test(arguments: [StationRole.wand, .gate])
func `a wand and a gate never slow down`(_ role: StationRole) {
    var rhythm = PollingRhythm(role: role, interval: .zero)
    _ = rhythm.rest(at: at(0))
    #expect(rhythm.rest(at: at(3_600_000)) == .zero)
}
