import Field
import Library
import Operations
import Store
import Testing

@Test(.timeLimit(.minutes(5)), arguments: [SecurityMechanism.afi, .eas], [true, false])
func `a reader that writes passes its trial, whatever the tag says at first`(
    _ mechanism: SecurityMechanism,
    _ isArmed: Bool
) async throws {
    var policy = TestBranch.policy
    policy.mechanism = mechanism
    // Where the site goes by the EAS bit the AFI is whatever it is.
    var tag = try TestBranch.tag("b1", serial: 1, afi: isArmed || mechanism == .eas ? 0x07 : 0xC2)
    tag.eas.armed = isArmed
    let desk = try ServiceDesk(
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: policy),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: [TestBranch.setup("pad-1", .pad, [tag])],
        logger: TestBranch.logger
    )
    let station = try desk.station("pad-1")
    let steps = try await TestBranch.running(station) {
        try await ReaderTrial.run(on: station, desk: desk, write: true).steps
    }
    #expect(steps.map(\.name) == ["identify", "inventory", "read", "write"])
    #expect(steps.allSatisfy { $0.outcome == .passed }, "\(steps)")
}
