import Foundation
import Library
import Store
import Tags
import Testing

/// The files are copied as they stand while the store is open, and a second store is opened on the copy: what is found
/// there is what a process killed at that step would find.
struct StoreCrashTests {
    @Test func `what append has acknowledged is there after every portion`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(location: "REF"), at: .second(0))
        var acknowledged: [Sighting] = []
        for portion in 0..<12 {
            let sightings = (0..<7).map { index in
                Sighting(uid: .number(UInt64(portion * 7 + index)), reader: "wand-1", at: .second(Int64(portion)))
            }
            try store.append(sightings, to: sweep.id)
            acknowledged += sightings
            let remains = try folder.afterPowerCut()
            let reopened = try Store.open(folder: remains.path)
            #expect(try reopened.openSweeps() == [sweep])
            #expect(try reopened.sightings(of: sweep.id) == acknowledged)
        }
    }

    @Test func `a killed import leaves the old snapshot and is cleared at the next opening`() async throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let old = try store.importItems((0..<50).map { Item(barcode: "\($0)", title: "old") })
        let run = try store.beginImport(profile: "koha", source: "new.csv", at: .second(60))
        for number in 0..<2600 {
            try run.add(Item(barcode: "\(number)", title: "new"), line: number + 2)
            guard number % 500 == 499 || number == 2599 else { continue }
            let remains = try folder.afterPowerCut()
            let reopened = try Store.open(folder: remains.path)
            #expect(try reopened.snapshot() == old)
            #expect(try reopened.snapshots().count == 1)
            #expect(try reopened.item(barcode: "7")?.item.title == "old")
            #expect(try reopened.item(barcode: "400") == nil)
            // Cleared for good: the number of rows left is what the old snapshot has.
            try await reopened.check()
            #expect(try reopened.rejections(snapshot: run.number).isEmpty)
        }
        let new = try run.commit(at: .second(61))
        let remains = try folder.afterPowerCut()
        let reopened = try Store.open(folder: remains.path)
        #expect(try reopened.snapshot() == new)
        #expect(try reopened.item(barcode: "2599")?.item.title == "new")
    }

    @Test func `the journal holds an intent before the first write and its result behind the last`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let intent = SecurityIntent(
            barcode: "39070001",
            changes: [SecurityChange(uid: .number(1), before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: .second(1)
        )
        let id = try store.record(intent)
        do {
            let remains = try folder.afterPowerCut()
            #expect(try Store.open(folder: remains.path).openIntents().map(\.intent) == [intent])
        }
        try store.record(SecurityResult(outcome: .done, reason: "read back"), of: id, at: .second(2))
        let remains = try folder.afterPowerCut()
        let reopened = try Store.open(folder: remains.path)
        #expect(try reopened.openIntents().isEmpty)
        #expect(try reopened.journal().first?.settledAt == .second(2))
    }

    @Test func `a log that was torn in its last write keeps everything before it`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let first = Sighting(uid: .number(1), reader: "wand-1", at: .second(1))
        try store.append([first], to: sweep.id)
        let whole = try Data(contentsOf: folder.file("pressmark.sqlite-wal")).count
        try store.append([Sighting(uid: .number(2), reader: "wand-1", at: .second(2))], to: sweep.id)
        let remains = try folder.afterPowerCut()
        let wal = remains.file("pressmark.sqlite-wal")
        let torn = try Data(contentsOf: wal)
        for length in [whole, whole + 1, (whole + torn.count) / 2, torn.count - 1] {
            let copy = try TemporaryFolder()
            try Data(contentsOf: remains.file("pressmark.sqlite")).write(to: copy.file("pressmark.sqlite"))
            try torn.prefix(length).write(to: copy.file("pressmark.sqlite-wal"))
            #expect(try Store.open(folder: copy.path).sightings(of: sweep.id) == [first])
        }
    }
}
