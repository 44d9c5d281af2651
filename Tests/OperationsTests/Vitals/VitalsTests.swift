import Field
import Operations
import Readers
import Testing
import Wire

@Test func `a station's turns grow with and without its reader`() async throws {
    let there = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: ManualTime())
    try await TestBranch.running(there) {
        let before = await there.turns
        while await there.turns < before + 3 { await Task.yield() }
    }
    let gone = TestBranch.station(
        StationSetup(name: "pad-2", role: .pad, driver: FEIGDriver.self, place: "nowhere", interval: .zero) {
            () async throws(LinkError) -> any Link & ~Copyable in throw .absent(device: "nowhere", hint: "plug it in")
        },
        time: ManualTime()
    )
    try await TestBranch.running(gone) {
        while await gone.turns < 3 { await Task.yield() }
        guard case .offline = await gone.report.state else {
            Issue.record("found \(await gone.report.state), wanted offline")
            return
        }
    }
}
