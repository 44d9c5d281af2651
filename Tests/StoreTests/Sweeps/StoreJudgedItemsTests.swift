import Foundation
import GRDB
import Library
import Testing

@testable import Store

struct StoreJudgedItemsTests {
    private static let holdings = SweepHoldings(
        snapshot: 3,
        importedAt: .second(-60),
        mayLackSince: .second(-90),
        isKept: true
    )

    private static func shelved(_ barcode: String, _ change: (inout Item) -> Void = { _ in }) -> ShelvedItem {
        var item = Item(barcode: barcode, title: "Title of \(barcode)", callNumber: "QA 76.\(barcode)", scheme: .lcc)
        change(&item)
        return ShelvedItem(filing: item)
    }

    private static func expected(_ judgement: SweepJudgement) -> [JudgedItem] {
        Array(SweepReconciliation(scope: SweepScope(), shelf: judgement.shelf).judgedItems)
    }

    @Test func `what a sweep was judged by comes back as it was`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        #expect(try store.judgement(of: sweep.id)?.holdings == nil)
        let shelf = [
            JudgedItem.expected(
                Self.shelved("1") {
                    $0.otherBarcodes = ["old"]
                    $0.status = .damaged
                    $0.statusText = "spine"
                    $0.homeBranch = "MAIN"
                    $0.permanentLocation = "REF"
                    $0.parts = 2
                }
            ),
            .expected(Self.shelved("2")),
        ]
        let (own, former) = (Self.shelved("7"), Self.shelved("8") { $0.otherBarcodes = ["88", "888"] })
        let others = [
            JudgedItem.stranger(own, heardAs: "7"), .stranger(former, heardAs: "888"), .unknown("9"),
        ]
        let ended = try store.finish(sweep.id, at: .second(9), by: Self.holdings, items: shelf + others)
        #expect(ended?.finishedAt == .second(9))
        let judgement = try #require(try store.judgement(of: sweep.id))
        #expect(judgement.holdings == Self.holdings)
        #expect(Self.expected(judgement) == shelf)
        #expect(judgement.strangers["7"] == own && judgement.strangers["888"]?.item.title == "Title of 8")
        #expect(judgement.strangers.count == 2 && judgement.unknown == ["9"])
        #expect(judgement.knows("888") && judgement.knows("9") && !judgement.knows("8"))

        try store.addJudgedItems([.unknown("10"), .stranger(Self.shelved("11"), heardAs: "11")], to: sweep.id)
        let grown = try #require(try store.judgement(of: sweep.id))
        #expect(Self.expected(grown) == shelf && grown.strangers.count == 3 && grown.unknown == ["9", "10"])
    }

    @Test func `more items than are written at a time come back in their order`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let items = (1...12_001).map { JudgedItem.expected(Self.shelved("\(12_001 - $0)")) }
        _ = try store.finish(sweep.id, at: .second(9), by: Self.holdings, items: items)
        let judgement = try #require(try store.judgement(of: sweep.id))
        #expect(Self.expected(judgement) == items)
    }

    @Test func `an end that does not come about leaves the sweep open, and the next one has nothing of it`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let items = (1...6000).map { JudgedItem.expected(Self.shelved("\($0)")) }
        let broken = items + [.expected(ShelvedItem(item: Item(barcode: ""), key: nil))]
        #expect(throws: StoreError.self) {
            _ = try store.finish(sweep.id, at: .second(5), by: Self.holdings, items: broken)
        }
        #expect(try store.openSweeps() == [sweep])
        #expect(try store.judgement(of: sweep.id)?.holdings == nil)
        _ = try store.finish(sweep.id, at: .second(9), by: Self.holdings, items: [items[0]])
        let judgement = try #require(try store.judgement(of: sweep.id))
        #expect(Self.expected(judgement) == [items[0]])
    }

    @Test func `finishing again keeps what it was judged by, and the sweep takes it along when it goes`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let item = JudgedItem.expected(Self.shelved("1"))
        _ = try store.finish(sweep.id, at: .second(5), by: Self.holdings, items: [item])
        let again = try store.finish(sweep.id, at: .second(9), by: Self.holdings, items: [JudgedItem]())
        #expect(again?.finishedAt == .second(5))
        let judgement = try #require(try store.judgement(of: sweep.id))
        #expect(Self.expected(judgement) == [item])
        #expect(try store.finish(99, at: .second(9), by: Self.holdings, items: [item]) == nil)
        try store.write { database in try database.execute(sql: "DELETE FROM sweep") }
        let left = try store.read { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sweepItem") }
        #expect(left == 0)
        #expect(try store.judgement(of: sweep.id)?.holdings == nil)
    }

    @Test func `a backup has it too`() async throws {
        let folder = try TemporaryFolder()
        let item = JudgedItem.expected(Self.shelved("1"))
        var id: Sweep.ID = 0
        do {
            let store = try Store.open(folder: folder.path)
            id = try store.startSweep(SweepScope(), at: .second(0)).id
            _ = try store.finish(id, at: .second(5), by: Self.holdings, items: [item])
            _ = try await store.backUp(to: folder.file("copy").path)
            _ = try await Store.stageRestore(of: folder.file("copy").path, folder: folder.path)
        }
        let store = try Store.open(folder: folder.path)
        let judgement = try #require(try store.judgement(of: id))
        #expect(Self.expected(judgement) == [item])
    }

    @Test func `a sweep that an earlier release finished is there, and nothing was kept of its holdings`() throws {
        let folder = try TemporaryFolder()
        do {
            let database = try DatabaseQueue(path: folder.file("pressmark.sqlite").path)
            try Schema.migrator.migrate(database, upTo: "16 tag health")
            try database.write { database in
                try database.execute(
                    sql: "INSERT INTO sweep (id, statuses, startedAt, finishedAt) VALUES (4, 'available', 1, 2)"
                )
            }
        }
        let store = try Store.open(folder: folder.path)
        #expect(try store.sweep(4)?.isOpen == false)
        #expect(try store.judgement(of: 4)?.holdings == nil)
    }
}
