import Foundation
import Library
import Store
import Tags
import Testing

struct StoreSnapshotsTests {
    private static func item(_ barcode: String, _ title: String = "a book") -> Item {
        Item(barcode: barcode, title: title)
    }

    @Test func `a staged import is seen by nobody until it is accepted`() throws {
        let store = try Store.inMemory()
        let old = try store.importItems([Self.item("1", "old")])
        let run = try store.beginImport(profile: "koha", source: "new.csv", at: .second(10))
        try run.add(Self.item("1", "new"), line: 2)
        let staged = try run.stage(at: .second(11))
        #expect(staged.state == .staged)
        #expect(try store.snapshot() == old)
        #expect(try store.item(barcode: "1")?.item.title == "old")
        #expect(try store.firstItems(snapshot: staged.number, limit: 5).map(\.title) == ["new"])
        let current = try store.accept(staged.number, at: .second(12), keeping: 2)
        #expect(current.number == staged.number && current.state == .current)
        #expect(try store.item(barcode: "1")?.item.title == "new")
    }

    @Test func `a snapshot knows by which switches it was filed, and so does its copy with changes`() throws {
        let folder = try TemporaryFolder()
        let rules = ShelfOrderRules(ignoresCutterX: true)
        do {
            let store = try Store.open(folder: folder.path)
            let run = try store.beginImport(profile: "koha", source: "items.csv", at: .second(0), rules: rules)
            try run.add(Self.item("1"), line: 2)
            _ = try run.commit(at: .second(1))
            let update = try #require(try store.beginUpdate(source: "pull", at: .second(2), rules: rules))
            try update.add(Self.item("2"), line: 1)
            _ = try update.commit(at: .second(3))
        }
        let store = try Store.open(folder: folder.path)
        let number = try #require(try store.snapshot()?.number)
        #expect(try store.isFiled(number, by: rules))
        #expect(try store.isFiled(number, by: .standard) == false)
        #expect(try store.isFiled(99, by: rules) == false)
    }

    @Test func `a discarded import is gone and its number is not used again`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.item("1")])
        let run = try store.beginImport(profile: "koha", source: "new.csv", at: .second(10))
        try run.add(Self.item("2"), line: 2)
        let staged = try run.stage(at: .second(11))
        try store.discard(staged.number)
        #expect(try store.snapshots().map(\.number) == [1])
        #expect(throws: StoreError.absent(what: "snapshot 2")) {
            try store.accept(staged.number, at: .second(12), keeping: 2)
        }
        #expect(try store.importItems([Self.item("3")]).number == 3)
    }

    @Test func `another import discards what was staged and never accepted`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let run = try store.beginImport(profile: "koha", source: "first.csv", at: .second(1))
        try run.add(Self.item("1"), line: 2)
        let staged = try run.stage(at: .second(2))
        #expect(FileManager.default.fileExists(atPath: folder.file("holdings-\(staged.number).sqlite").path))
        try store.importItems([Self.item("2")])
        #expect(!FileManager.default.fileExists(atPath: folder.file("holdings-\(staged.number).sqlite").path))
        #expect(try store.snapshots().map(\.number) == [2])
    }

    @Test func `an import of changes leaves a whole one waiting`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.item("1"), Self.item("2")])
        let run = try store.beginImport(profile: "koha", source: "all", at: .second(1))
        try run.add(Self.item("1"), line: 2)
        let staged = try run.stage(at: .second(2))
        let changes = try #require(try store.beginUpdate(source: "changes", at: .second(3)))
        try changes.add(Self.item("3"), line: 1)
        _ = try changes.commit(at: .second(4))
        #expect(try store.snapshot()?.itemCount == 3)
        #expect(try store.accept(staged.number, at: .second(5), keeping: 2).itemCount == 1)
    }

    @Test func `going back makes the older snapshot current and keeps the newer`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        try store.importItems([Self.item("1", "first")], at: .second(1))
        try store.importItems([Self.item("1", "second")], at: .second(2))
        _ = try store.accept(1, at: .second(3), keeping: 2)
        #expect(try store.item(barcode: "1")?.item.title == "first")
        #expect(try store.snapshots().map(\.state) == [.kept, .current])
        // The one in use is never pruned, and of the others those used last stay.
        try store.importItems([Self.item("1", "third")], at: .second(4), keeping: 1)
        #expect(try store.snapshots().map(\.number) == [3, 1])
        let remains = try folder.afterPowerCut()
        let reopened = try Store.open(folder: remains.path)
        #expect(try reopened.item(barcode: "1")?.item.title == "third")
        _ = try reopened.accept(1, at: .second(5), keeping: 1)
        #expect(try reopened.item(barcode: "1")?.item.title == "first")
    }

    @Test func `a snapshot whose file was taken away is no snapshot`() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try Store.open(folder: folder.path)
            try store.importItems([Self.item("1")])
        }
        try FileManager.default.removeItem(at: folder.file("holdings-1.sqlite"))
        let store = try Store.open(folder: folder.path)
        #expect(try store.snapshot() == nil)
        #expect(try store.item(barcode: "1") == nil)
    }

    @Test func `an update begins with the snapshot in use and replaces what it brings`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        #expect(try store.beginUpdate(source: "pull", at: .second(0)) == nil)
        try store.importItems([
            Item(barcode: "1", otherBarcodes: ["one"], title: "old"), Self.item("2", "old"), Self.item("3", "old"),
        ])
        let update = try #require(try store.beginUpdate(source: "pull", at: .second(5)))
        try update.add(Self.item("2", "new"), line: 1)
        try update.add(Self.item("4", "new"), line: 2)
        let info = try update.commit(at: .second(6))
        #expect(info.base == 1 && info.itemCount == 4)
        #expect(
            try ["1", "2", "3", "4"].map { try store.item(barcode: $0)?.item.title } == ["old", "new", "old", "new"]
        )
        #expect(try store.item(barcode: "one")?.item.barcode == "1")
        // A second update does not push the whole import out: the first update goes instead.
        let second = try #require(try store.beginUpdate(source: "pull", at: .second(7)))
        try second.add(Self.item("1", "newer"), line: 1)
        #expect(try second.commit(at: .second(8), keeping: 1).base == 2)
        #expect(try store.snapshots().map(\.number) == [3, 1])
    }

    @Test func `an item that got another barcode is there once after a pull of changes`() throws {
        let store = try Store.inMemory()
        try store.importItems([
            Item(barcode: "old", otherBarcodes: ["older"], itemIdentifier: "7"),
            Item(barcode: "2", itemIdentifier: "8"), Item(barcode: "3"),
        ])
        let update = try #require(try store.beginUpdate(source: "pull", at: .second(5)))
        try update.add(Item(barcode: "new", itemIdentifier: "7"), line: 1)
        try update.add(Item(barcode: "4"), line: 2)
        #expect(try update.commit(at: .second(6)).itemCount == 4)
        #expect(try ["old", "older"].allSatisfy { try store.item(barcode: $0) == nil })
        #expect(try ["new", "2", "3", "4"].allSatisfy { try store.item(barcode: $0) != nil })
        let second = try #require(try store.beginUpdate(source: "pull", at: .second(7)))
        try second.add(Item(barcode: "newer", itemIdentifier: "7"), line: 1)
        #expect(try second.commit(at: .second(8)).itemCount == 4)
        #expect(try store.item(barcode: "new") == nil)
    }

    @Test func `the holdings that were in use last are kept though the clock was set back`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.item("1", "first")], at: .second(10))
        try store.importItems([Self.item("1", "second")], at: .second(3600), keeping: 1)
        try store.importItems([Self.item("1", "third")], at: .second(60), keeping: 1)
        #expect(try store.snapshots().map(\.number) == [3, 2])
    }

    @Test func `nothing new is written down with its moment`() throws {
        let store = try Store.inMemory()
        try store.importItems([Self.item("1")])
        try store.confirmSnapshot(at: .second(60))
        #expect(try store.snapshot()?.checkedAt == .second(60))
    }

    @Test func `holdings note which changes of security they know, whatever clocks say`() throws {
        let store = try Store.inMemory()
        func change(at second: Int64) throws -> Int64 {
            try store.record(
                SecurityIntent(
                    barcode: "1",
                    changes: [],
                    wanted: .armed,
                    cause: .checkin,
                    reader: "pad-1",
                    at: .second(second)
                )
            )
        }
        try store.importItems([Self.item("1")])
        #expect(try store.snapshot()?.changesBefore == 0)
        let ahead = try change(at: 9000)
        let file = try store.beginImport(profile: "csv", source: "a.csv", at: .second(100))
        try file.add(Self.item("1"), line: 1)
        _ = try change(at: 101)
        #expect(try file.commit(at: .second(102)).changesBefore == ahead)
        let known = try change(at: 103)
        #expect(try store.lastChangeForHoldings() == known)
        // Its first page comes when the clock has been set back.
        _ = try change(at: 50)
        let pull = try store.beginImport(
            profile: "koha",
            source: "pull",
            at: .second(51),
            asOf: .second(104),
            changesBefore: known
        )
        try pull.add(Self.item("1"), line: 1)
        #expect(try pull.commit(at: .second(52)).changesBefore == known)
        let last = try change(at: 108)
        _ = try change(at: 110)
        try store.confirmSnapshot(at: .second(109), changesBefore: last)
        #expect(try store.snapshot()?.changesBefore == last)
    }

    @Test func `what has been said is told by its place, holdings as soon as their import has begun`() throws {
        let store = try Store.inMemory()
        #expect(try store.said() == WordAges.Place(change: 0, snapshot: 0))
        let current = try store.importItems([Self.item("1")])
        let intent = SecurityIntent(
            barcode: "1",
            changes: [],
            wanted: .armed,
            cause: .checkin,
            reader: "pad-1",
            at: .second(9000)
        )
        let change = try store.record(intent)
        #expect(try store.said() == WordAges.Place(change: change, snapshot: current.number))
        let file = try store.beginImport(profile: "csv", source: "a.csv", at: .second(100))
        #expect(try store.said() == WordAges.Place(change: change, snapshot: current.number + 1))
        try file.add(Self.item("1"), line: 1)
        #expect(try file.commit(at: .second(102)).number == current.number + 1)
    }

    @Test func `a loan that the library system is asked for while holdings are made is none that they know`() throws {
        let store = try Store.inMemory()
        func ask(at second: Int64) throws -> Int64 {
            let intent = SecurityIntent(
                barcode: "1",
                changes: [],
                wanted: .disarmed,
                cause: .checkout,
                reader: "pad-1",
                at: .second(second)
            )
            return try store.record(intent, isAgreed: false)
        }
        let (first, second) = (try ask(at: 1), try ask(at: 2))
        #expect(try store.lastChangeForHoldings() == first - 1)
        // What is younger than a loan goes by the journal as it is.
        #expect(try store.lastSecurityChange() == second)
        try store.confirm(first)
        #expect(try store.lastChangeForHoldings() == second - 1)
        try store.record(SecurityResult(outcome: .declined, reason: "on loan already"), of: second, at: .second(3))
        #expect(try store.lastChangeForHoldings() == second)
    }
}
