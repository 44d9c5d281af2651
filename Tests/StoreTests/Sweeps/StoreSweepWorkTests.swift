import Foundation
import Library
import Store
import Tags
import Testing

struct StoreSweepWorkTests {
    @Test func `a plan is kept with its sweep`() throws {
        let store = try Store.inMemory()
        let plan = SweepPlan(project: "2026", assignee: "Ada", readers: ["wand-1", "wand 2"], background: true)
        let sweep = try store.startSweep(SweepScope(location: "REF"), plan: plan, at: .second(1))
        _ = try store.startSweep(SweepScope(location: "REF"), at: .second(2))
        #expect(sweep.plan == plan)
        #expect(try store.sweep(sweep.id) == sweep)
        #expect(try store.sweeps(project: "2026") == [sweep])
        #expect(try store.sweeps().count == 2)
    }

    @Test func `a change of status is kept once`() throws {
        let store = try Store.inMemory()
        let change = StatusChange(barcode: "b1", status: .onLoan, at: .second(5))
        try store.record([change, change])
        try store.record([change, StatusChange(barcode: "b1", status: .available, at: .second(9))])
        #expect(try store.statusChanges(since: .second(0)).map(\.status) == [.onLoan, .available])
        #expect(try store.statusChanges(since: .second(6)).map(\.status) == [.available])
        #expect(try store.statusChanges(since: .second(0), until: .second(5)).map(\.status) == [.onLoan])
    }

    @Test func `moves are ticked off and taken back`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(1))
        try store.markMove("b1", of: sweep.id, at: .second(2))
        try store.markMove("b1", of: sweep.id, at: .second(3))
        try store.markMove("b2", of: sweep.id, at: .second(3))
        #expect(try store.movesDone(of: sweep.id) == ["b1", "b2"])
        try store.markMove("b1", of: sweep.id, at: nil)
        #expect(try store.movesDone(of: sweep.id) == ["b2"])
    }

    @Test func `a list rings for each item until it was come by`() throws {
        let store = try Store.inMemory()
        let list = try store.saveList("holds", purpose: .holds, barcodes: ["b2", "b1", "b2"], at: .second(1))
        #expect(try store.items(of: list.id).map(\.barcode) == ["b1", "b2"])
        #expect(try store.listsSeeking("b1") == [list])
        try store.markFound("b1", by: "wand-1", at: .second(7))
        #expect(try store.listsSeeking("b1").isEmpty)
        #expect(try store.items(of: list.id).first == SoughtItem(barcode: "b1", foundAt: .second(7), reader: "wand-1"))
        // The same name again begins anew.
        let again = try store.saveList("holds", purpose: .holds, barcodes: ["b1"], at: .second(9))
        #expect(try store.listsSeeking("b1") == [again])
        #expect(try store.removeList("holds"))
        #expect(try store.lists().isEmpty && store.listsSeeking("b1").isEmpty)
    }

    @Test func `an item's history is by sweep and reader, the newest first`() throws {
        let store = try Store.inMemory()
        let first = try store.startSweep(SweepScope(), at: .second(0))
        let second = try store.startSweep(SweepScope(), at: .second(100))
        try store.remember([TagRecord(uid: .number(1), barcode: "b1", model: "iso28560-3", readAt: .second(1))])
        func hear(_ second: Int64, _ reader: String) -> Sighting {
            Sighting(uid: .number(1), barcode: "b1", reader: reader, at: .second(second))
        }
        try store.append([hear(1, "wand-1"), hear(3, "wand-1"), hear(2, "wand-2")], to: first.id)
        try store.append([hear(101, "wand-1")], to: second.id)
        let history = try store.history(of: "b1")
        try #require(history.map(\.sweep) == [second.id, first.id, first.id])
        #expect(history[1].first == .second(1) && history[1].last == .second(3) && history[1].sightings == 2)
        #expect(try store.history(of: "b2").isEmpty)
    }

    @Test func `the log comes back with what is remembered of each tag`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let record = TagRecord(uid: .number(1), barcode: "b1", model: "iso28560-3", readAt: .second(1))
        try store.remember([record])
        let sightings = [1, 2].map { Sighting(uid: .number($0), reader: "wand-1", at: .second(1)) }
        try store.append(sightings, to: sweep.id)
        var log: [Sighting] = []
        var tags: [TagRecord?] = []
        try store.forEachSighting(of: sweep.id) { sighting, tag in
            log.append(sighting)
            tags.append(tag)
        }
        #expect(log == sightings && tags == [record, nil])
        #expect(try store.sightingCount(of: sweep.id) == 2)
    }

    @Test func `everything around a sweep survives a power cut behind each write`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let plan = SweepPlan(project: "2026", readers: ["wand-1"])
        let sweep = try store.startSweep(SweepScope(location: "REF"), plan: plan, at: .second(0))
        /// What a daemon finds that starts after the power was cut now.
        func afterPowerCut<Value>(_ look: (Store) throws -> Value) throws -> Value {
            let remains = try folder.afterPowerCut()
            return try withExtendedLifetime(remains) { try look(try Store.open(folder: remains.path)) }
        }
        #expect(try afterPowerCut { try $0.openSweeps() } == [sweep])
        try store.record([StatusChange(barcode: "b1", status: .onLoan, at: .second(1))])
        #expect(try afterPowerCut { try $0.statusChanges(since: .second(0)).count } == 1)
        let list = try store.saveList("holds", purpose: .holds, barcodes: ["b1"], at: .second(2))
        #expect(try afterPowerCut { try $0.listsSeeking("b1") } == [list])
        try store.markFound("b1", by: "wand-1", at: .second(3))
        #expect(try afterPowerCut { try $0.listsSeeking("b1").isEmpty })
        try store.markMove("b1", of: sweep.id, at: .second(4))
        #expect(try afterPowerCut { try $0.movesDone(of: sweep.id) } == ["b1"])
        try store.recordWriteBack(
            of: sweep.id,
            [WriteBackResult(route: .barcodes, barcode: "b1", at: .second(5), state: .written, result: "in the file")]
        )
        #expect(try afterPowerCut { try $0.writeBacks(of: sweep.id).map(\.route) } == [.barcodes])
        try store.finish(sweep.id, at: .second(6))
        #expect(try afterPowerCut { try $0.openSweeps().isEmpty })
    }

    /// Portions of 5 000, as uploads and a pile of wands give them: docs/performance.md.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["PRESSMARK_MEASURE"] != nil))
    func `a hundred thousand sightings a second reach the disk`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let portions = (0..<60).map { portion in
            (0..<5000).map { number in
                Sighting(
                    uid: .number(UInt64(portion * 5000 + number)),
                    barcode: "3907\(portion * 5000 + number)",
                    reader: "wand-1",
                    at: .second(Int64(portion))
                )
            }
        }
        let elapsed = try ContinuousClock().measure {
            for portion in portions { try store.append(portion, to: sweep.id) }
        }
        let rate = 300_000 / (elapsed / .seconds(1))
        print("durable sightings a second: \(Int(rate))")
        #expect(rate > 0)
    }
}
