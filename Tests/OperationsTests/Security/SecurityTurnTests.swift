import Field
import Library
import Readers
import Store
import Tags
import Testing

@testable import Operations

private let barcode = "1000000136"

@Test(.timeLimit(.minutes(10)))
func `an item lent while its return is under way is lent after it, and its tag says so`() async throws {
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000", status: .onLoan)])
    let tag = try TestBranch.tag(barcode, serial: 1, afi: 0xC2)
    let branch = try await PadBranch([tag])
    let time = ManualTime()
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put([tag.uid])
    let (asked, ask) = AsyncStream.makeStream(of: Void.self)
    let reports = try await TestBranch.running(pad) {
        async let back = desk.flip([barcode], to: .armed, cause: .checkin, on: pad) { _ in
            ask.finish()
            // The library system answers when the loan has been asked for.
            let isAsked = await eventually { await desk.underWay[barcode] == 2 }
            #expect(isAsked)
            return .agreed
        }
        for await _ in asked {}
        let lent = try await desk.flip([barcode], to: .disarmed, cause: .checkout, on: pad) { _ in .agreed }
        return try await back + lent
    }
    for report in reports { #expect(report.shortfall == nil) }
    #expect(await branch.afis([tag.uid]) == [0xC2])
    #expect(try store.journal().map(\.intent.cause) == [.checkin, .checkout])
    #expect(try store.openIntents().isEmpty)
}

@Test(.timeLimit(.minutes(10)))
func `a part that is laid down while the item waits for the reader is changed with the others`() async throws {
    let store = try TestBranch.store([TestBranch.item(barcode, "QA 76 .A1 2000")])
    let parts = try [1, 2].map { number in
        try TestBranch.tag(barcode, serial: UInt64(number), set: SetInformation(total: 2, ordinal: number))
    }
    let branch = try await PadBranch(parts)
    let time = ManualTime()
    let desk = SecurityDesk(
        store: store,
        time: time.keeper,
        policy: TestBranch.policy,
        events: EventHub(),
        logger: TestBranch.logger
    )
    let pad = TestBranch.station(branch.setup("pad-1", .pad), time: time)
    try await branch.put(parts.map(\.uid))
    let known = KnownTags([parts[0].uid])
    let (held, hold) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let report = try await TestBranch.running(pad) {
        async let isHeld = pad.perform { _ -> Bool in
            hold.finish()
            for await _ in released {}
            return true
        }
        for await _ in held {}
        async let change = desk.change(barcode, to: .disarmed, cause: .staff, on: pad) { await known.uids }
        let isAsked = await eventually { await desk.underWay[barcode] == 1 }
        #expect(isAsked)
        await known.add(parts[1].uid)
        release.finish()
        _ = try await isHeld
        return try await change
    }
    #expect(report.shortfall == nil)
    #expect(await branch.afis(parts.map(\.uid)) == [0xC2, 0xC2])
}

/// What is known to lie on the pad.
private actor KnownTags {
    private(set) var uids: Set<TagUID>?

    init(_ uids: Set<TagUID>) { self.uids = uids }

    func add(_ uid: TagUID) { uids?.insert(uid) }
}
