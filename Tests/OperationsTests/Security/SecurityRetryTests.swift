import Field
import Library
import Readers
import Store
import Tags
import Testing

@testable import Operations

@Test func `a pad that is gone does not keep the open changes on other pads waiting`() async throws {
    let barcodes = ["1000000136", "1000000144"]
    let store = try TestBranch.store(barcodes.map { TestBranch.item($0, "QA 76 .A1 2000") })
    let tags = try barcodes.enumerated().map { number, barcode in
        var tag = try TestBranch.tag(barcode, serial: UInt64(number + 1))
        tag.afiLocked = true
        return tag
    }
    let uids = tags.map(\.uid)
    let branch = try await PadBranch(tags)
    let time = ManualTime()
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    let pads = ["pad-1", "pad-2"].map { TestBranch.station(branch.setup($0, .pad), time: time) }
    for (number, pad) in pads.enumerated() { try await branch.put([uids[number]], on: pad.setup.name) }
    try await TestBranch.running(pads[1]) {
        try await TestBranch.running(pads[0]) {
            for (number, barcode) in barcodes.enumerated() {
                _ = try await desk.change(barcode, to: .disarmed, cause: .checkout, on: pads[number])
            }
        }
        #expect(try store.openIntents().count == 2, "the loans stand, so their changes stay open")
        for (number, pad) in pads.enumerated() {
            let round = StationRound(
                reader: pad.setup.name,
                role: .pad,
                at: time.keeper.now(),
                arrived: [],
                left: [],
                heard: [uids[number]],
                present: [uids[number]]
            )
            try await desk.attend(round, on: pad)
        }
        var obeying = tags[1]
        obeying.afiLocked = false
        await branch.field.add(obeying)
        try await branch.put([uids[1]], on: "pad-2")
        try await desk.retry(on: pads)
        #expect(await desk.lying["pad-1"] == nil, "nobody knows what lies there")
        #expect(await desk.lying["pad-2"] == [uids[1]])
    }
    #expect(try store.openIntents().map(\.intent.barcode) == ["1000000136"])
    #expect(await branch.afis(uids) == [0x07, 0xC2])
}
