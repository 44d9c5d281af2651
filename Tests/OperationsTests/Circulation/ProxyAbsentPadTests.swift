import Field
import Library
import Operations
import SIP2
import Store
import Tags
import Testing
import Wire

@Test(.timeLimit(.minutes(10)))
func `a loan at a kiosk while its pad is exchanged is left open for its tags`() async throws {
    let barcode = "1000000136"
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let tag = try TestBranch.tag(barcode, serial: 1)
    let time = ManualTime()
    let now = time.keeper.now()
    try store.remember([
        TagRecord(uid: tag.uid, barcode: barcode, model: "iso28560-3", owner: TestBranch.owner, readAt: now)
    ])
    let desk = try ServiceDesk(
        store: store,
        time: time.keeper,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: TestBranch.policy),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 2
        ),
        readers: [TestBranch.setup("pad-1", .pad, [tag])],
        proxies: [ProxySettings(name: "kiosk-1", reader: "pad-1")],
        logger: TestBranch.logger
    )
    let proxy = try #require(desk.proxies.first)
    await desk.dismiss(try desk.station("pad-1"), cause: "it has another line now")
    let (kioskCall, kiosk) = PipeEnd.call()
    let (systemCall, system) = PipeEnd.call()
    let answer = "121NNY20260102    100000AOMAIN|AAP0001|AB\(barcode)|AJTitle|AH20260201|"
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.run() }
        group.addTask { await proxy.serve(kiosk: kioskCall, system: systemCall) }
        defer {
            kiosk.say.finish()
            group.cancelAll()
        }
        system.say.yield(SIP2Frame(body: Array(answer.utf8), check: .sequence(1)).bytes + [0x0D])
        try await waited { await proxy.report.failed == 1 }
    }
    let open = try store.openIntents()
    #expect(open.map(\.intent.wanted) == [.disarmed])
    #expect(open.flatMap { $0.intent.changes.map(\.uid) } == [tag.uid])
}
