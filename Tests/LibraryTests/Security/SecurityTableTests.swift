import Library
import Testing

struct SecurityTableTests {
    @Test func `every pair of tag and item has exactly one row`() {
        let rows = SecurityTable.standard.rows
        #expect(rows.count == TagsSay.allCases.count * ItemStanding.allCases.count)
        #expect(Set(rows.map { "\($0.tags) \($0.item)" }).count == rows.count)
    }

    @Test(
        arguments: [
            // tags, item: pad, kiosk, wand, gate and its reason
            (.armed, .inLibrary, .nothing, .lend, .nothing, .alarm, .notOnLoan),
            (.disarmed, .inLibrary, .arm, .lend, .tell, .log, .disarmedInLibrary),
            (.armed, .onLoan, .disarm, .disarm, .tell, .log, .notCleared),
            (.disarmed, .onLoan, .nothing, .nothing, .nothing, .silent, .onLoan),
            // Last night's holdings do not know today's loans and returns.
            (.armed, .onLoanByOldHoldings, .nothing, .lend, .tell, .alarm, .notCleared),
            (.disarmed, .inLibraryByOldHoldings, .nothing, .lend, .tell, .silent, .disarmedInLibrary),
            (.mixed, .inLibrary, .arm, .lend, .tell, .alarm, .notOnLoan),
            (.mixed, .onLoan, .disarm, .disarm, .tell, .log, .notCleared),
            (.otherValue, .inLibrary, .tell, .refuse, .tell, .log, .disarmedInLibrary),
            (.unreadable, .inLibrary, .tell, .refuse, .nothing, .alarm, .notOnLoan),
            (.armed, .onHoldShelf, .nothing, .lend, .nothing, .alarm, .notOnLoan),
            (.disarmed, .inTransit, .arm, .refuse, .tell, .log, .disarmedInLibrary),
            (.armed, .withdrawn, .nothing, .refuse, .tell, .log, .withdrawn),
            (.disarmed, .soughtAfter, .tell, .refuse, .tell, .log, .soughtAfter),
            (.armed, .otherLibrary, .tell, .refuse, .tell, .log, .otherLibrary),
            (.armed, .unknown, .tell, .refuse, .tell, .log, .unknownItem),
        ] as [(TagsSay, ItemStanding, SecurityAdvice, SecurityAdvice, SecurityAdvice, GateResponse, GateReason)]
    )
    func `the rows that staff ask about say what they should`(
        _ tags: TagsSay,
        _ item: ItemStanding,
        _ pad: SecurityAdvice,
        _ kiosk: SecurityAdvice,
        _ wand: SecurityAdvice,
        _ gate: GateResponse,
        _ reason: GateReason
    ) {
        let row = SecurityTable.standard.row(tags, item)
        #expect(row.pad == pad && row.kiosk == kiosk && row.wand == wand)
        #expect(row.gate == gate && row.gateReason == reason)
    }

    @Test(arguments: SecurityTable.standard.rows)
    func `no row breaks the rules of the house`(_ row: SecurityTable.Row) {
        let writes: Set<SecurityAdvice> = [.arm, .disarm]
        if row.tags == .otherValue || row.item == .otherLibrary || row.item == .unknown {
            #expect(writes.isDisjoint(with: [row.pad, row.kiosk, row.wand]), "what is not ours is never written to")
            #expect(row.gate != .alarm)
        }
        #expect(!writes.contains(row.wand), "a sweep never writes")
        if row.tags == .armed, row.item == .inLibrary || row.item == .inLibraryByOldHoldings {
            #expect(row.gate == .alarm)
        }
        if row.tags == .unreadable {
            #expect(row.gate == SecurityTable.standard.row(.armed, row.item).gate, "when in doubt it counts as armed")
        }
        if row.gate == .alarm { #expect(row.gateReason != .onLoan) }
        #expect(!row.reason.isEmpty && !row.reason.hasSuffix("."))
    }

    @Test(arguments: ItemStatus.allCases)
    func `every status has a standing, fresh or old`(_ status: ItemStatus) {
        let item = Item(barcode: "1", status: status)
        let fresh = ItemStanding(item: item, owner: .own, isFresh: true)
        let old = ItemStanding(item: item, owner: .own, isFresh: false)
        switch status {
        case .onLoan: #expect(fresh == .onLoan && old == .onLoanByOldHoldings)
        case .available, .damaged, .notForLoan, .inProcess, .unknown:
            #expect(fresh == .inLibrary && old == .inLibraryByOldHoldings)
        case .inTransit: #expect(fresh == .inTransit && old == .inTransitByOldHoldings)
        case .onHoldShelf: #expect(fresh == .onHoldShelf && old == .onHoldShelfByOldHoldings)
        default: #expect(fresh == old)
        }
    }

    @Test func `an item of ours stays ours whatever its tag says, and without holdings the tag decides`() {
        #expect(ItemStanding(item: Item(barcode: "1"), owner: .other("DE-7"), isFresh: true) == .inLibrary)
        #expect(ItemStanding(item: nil, owner: .other("DE-7"), isFresh: true) == .otherLibrary)
        #expect(ItemStanding(item: nil, owner: .own, isFresh: true) == .unknown)
    }
}
