import Field
import Operations
import Readers
import Testing
import Wire

/// Whether this comes to be so while others have their turn very often.
private func becomesTrue(_ isSo: () async -> Bool) async -> Bool {
    for _ in 0..<1_000_000 {
        if await isSo() { return true }
        await Task.yield()
    }
    return false
}

@Test func `a station's turns grow with its reader`() async throws {
    let station = TestBranch.station(TestBranch.setup("pad-1", .pad, []), time: ManualTime())
    try await TestBranch.running(station) {
        let before = await station.turns
        #expect(await becomesTrue { await station.turns >= before + 3 })
        #expect(await station.report.lastAnswer != nil)
    }
}

@Test func `a station's turns grow without its reader, and it says that it has none`() async throws {
    let station = TestBranch.station(
        StationSetup(name: "pad-2", role: .pad, driver: FEIGDriver.self, place: "nowhere", interval: .zero) {
            () async throws(LinkError) -> any Link & ~Copyable in throw .absent(device: "nowhere", hint: "plug it in")
        },
        time: ManualTime()
    )
    try await TestBranch.running(station) {
        #expect(await becomesTrue { await station.turns >= 3 })
        #expect(
            await becomesTrue {
                if case .offline = await station.report.state { true } else { false }
            }
        )
    }
}
