import GRDB
import Library
import Tags
import Testing

@testable import Store

struct StoreSightingsTests {
    /// Heard by two readers in two sweeps, twice at one moment, and once before its tag was read.
    private static func hear(in store: Store, tail: Int = Store.longestTail) throws {
        let sweeps = try [
            store.startSweep(SweepScope(), at: .second(0)), store.startSweep(SweepScope(), at: .second(100)),
        ]
        for (sweep, start) in zip(sweeps, [0, 100] as [Int64]) {
            for second in 1...4 as ClosedRange<Int64> {
                let portion = [
                    Sighting(uid: .number(1), barcode: "b1", reader: "wand-1", at: .second(start + second)),
                    Sighting(uid: .number(1), barcode: "b1", reader: "wand-2", at: .second(start + 9 - second)),
                    Sighting(uid: .number(2), reader: "wand-1", at: .second(start + second)),
                ]
                try store.append(portion, to: sweep.id, tail: tail)
                #expect(try store.append(portion, to: sweep.id, tail: tail) == 0)
            }
        }
        // The log of a cart: its tags were never read here, its barcodes came with it.
        let cart = (1...3).map { Sighting(uid: .number(7), barcode: "b7", reader: "cart", at: .second($0)) }
        #expect(try store.append(cart, to: sweeps[0].id, tail: tail) == 3)
    }

    private static func summed(_ store: Store) throws -> Int? {
        try store.write(.bulk) { database in try Int.fetchOne(database, sql: "SELECT MAX(upTo) FROM itemSeenRun") }
    }

    @Test func `an item's history has what was heard of it under a former barcode`() throws {
        let store = try Store.inMemory()
        try store.importItems([Item(barcode: "new b1", otherBarcodes: ["b1"])])
        try Self.hear(in: store)
        let again = [
            Sighting(uid: .number(9), barcode: "new b1", reader: "wand-1", at: .second(50)),
            Sighting(uid: .number(9), barcode: "new b1", reader: "wand-3", at: .second(300)),
        ]
        try store.append(again, to: 1)
        let history = try store.history(ofItem: "new b1")
        #expect(history.map(\.reader) == ["wand-3", "wand-2", "wand-1", "wand-1", "wand-2"])
        #expect(history.map(\.sweep) == [1, 2, 2, 1, 1])
        #expect(history.map(\.sightings) == [1, 4, 4, 5, 4])
        #expect(history.map(\.first) == [.second(300), .second(105), .second(101), .second(1), .second(5)])
        #expect(history.map(\.last) == [.second(300), .second(108), .second(104), .second(50), .second(8)])
        #expect(try store.history(ofItem: "b1") == history)
        #expect(try store.history(of: "new b1").count == 2)
    }

    @Test func `a history is the same however much of the log is in runs`() throws {
        let store = try Store.inMemory()
        try Self.hear(in: store)
        let history = try store.history(of: "b1")
        #expect(history.map(\.sweep) == [2, 2, 1, 1])
        #expect(history.map(\.reader) == ["wand-2", "wand-1", "wand-2", "wand-1"])
        #expect(history.map(\.sightings) == [4, 4, 4, 4])
        #expect(history.map(\.first) == [.second(105), .second(101), .second(5), .second(1)])
        #expect(history.map(\.last) == [.second(108), .second(104), .second(8), .second(4)])
        #expect(try Self.summed(store) == nil)
        var left = try store.sightingCount(of: 1) + store.sightingCount(of: 2)
        while left > 0 {
            left = try store.summarise(limit: 4)
            #expect(try store.history(of: "b1") == history)
            #expect(try store.history(of: "b7").map(\.sightings) == [3])
        }
        #expect(try Self.summed(store) == 27)
        #expect(try store.summarise() == 0)
        #expect(try store.history(of: "b1") == history)
    }

    @Test func `runs follow by themselves once the log is far enough ahead`() throws {
        let store = try Store.inMemory()
        try Self.hear(in: store, tail: 5)
        // Every append that was more than five sightings ahead has left work on the queue, which is done by now.
        #expect(try Self.summed(store) ?? 0 >= 22)
        #expect(try store.history(of: "b1").map(\.sightings) == [4, 4, 4, 4])
        #expect(try store.history(of: "b7").map(\.sightings) == [3])
    }

    @Test func `a tag is forgotten in the sweeps that are named, and no later sighting is lost for it`() throws {
        let store = try Store.inMemory()
        try Self.hear(in: store)
        try store.remember([TagRecord(uid: .number(7), barcode: "b7", model: "raw", readAt: .second(0))])
        try store.summarise()
        // Its sightings were the last ones of the log, and are in a run.
        let cart = try store.forget(.number(7), in: [1])
        #expect(cart == [1: 3])
        #expect(try store.tag(uid: .number(7)) == nil)
        #expect(try store.history(of: "b7").isEmpty)
        try store.append([Sighting(uid: .number(8), barcode: "b8", reader: "wand-1", at: .second(9))], to: 1)
        #expect(try store.history(of: "b8").map(\.sightings) == [1])
        try store.summarise()
        #expect(try store.history(of: "b8").map(\.sightings) == [1])
        let unread = try store.forget(.number(2), in: [2])
        #expect(unread == [2: 4])
        let (first, second) = try (store.sightings(of: 1), store.sightings(of: 2))
        #expect(first.count { $0.uid == .number(2) } == 4)
        #expect(second.count { $0.uid == .number(2) } == 0 && second.count == 8)
        #expect(try store.history(of: "b1").map(\.sightings) == [4, 4, 4, 4])
        let nothing = try store.forget(.number(99), in: [1, 2])
        #expect(nothing == [1: 0, 2: 0])
    }

    @Test func `an item keeps what other tags told of it when one of its tags is forgotten`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        for second in 1...6 as ClosedRange<Int64> {
            let both = ([1, 2] as [UInt64]).map {
                Sighting(uid: .number($0), barcode: "b1", reader: "wand-1", at: .second(second))
            }
            try store.append(both, to: sweep.id)
        }
        // Three runs, and sightings of both tags in each.
        while try store.summarise(limit: 5) > 0 {}
        try store.forget(.number(2), in: [sweep.id])
        let seen = try store.history(of: "b1")
        #expect(seen.map(\.sightings) == [6])
        #expect(seen.map(\.first) == [.second(1)] && seen.map(\.last) == [.second(6)])
        try store.append([Sighting(uid: .number(1), barcode: "b1", reader: "wand-1", at: .second(7))], to: sweep.id)
        #expect(try store.history(of: "b1").map(\.sightings) == [7])
        try store.summarise()
        #expect(try store.history(of: "b1").map(\.sightings) == [7])
    }

    @Test func `what is forgotten does not come back with the power`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let log = (1...3 as ClosedRange<UInt64>).map { Sighting(uid: .number($0), reader: "wand-1", at: .second(1)) }
        try store.append(log, to: sweep.id)
        try store.remember([TagRecord(uid: .number(2), barcode: nil, model: "raw", readAt: .second(1))])
        try store.forget(.number(2), in: [sweep.id])
        let copy = try folder.afterPowerCut()
        let again = try Store.open(folder: copy.path)
        #expect(try again.sightings(of: sweep.id).map(\.uid) == [.number(1), .number(3)])
        #expect(try again.tag(uid: .number(2)) == nil)
    }

    @Test func `sightings from before the log was put in the order of time are still there`() throws {
        let database = try DatabaseQueue()
        try Schema.migrator.migrate(database, upTo: "10 security marks")
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sweep (statuses, startedAt) VALUES ('available', 0);
                    INSERT INTO sighting (sweep, uid, barcode, reader, at, pass, afi, antenna, signal)
                    VALUES (1, 8, 'b8', 'wand-1', 3000, 2, 7, 1, -40), (1, 9, NULL, 'wand-2', 1000, 1, NULL, NULL, NULL)
                    """
            )
        }
        let store = try Store(database: database, folder: nil, claim: nil)
        let log = [
            Sighting(
                uid: TagUID(8),
                barcode: "b8",
                reader: "wand-1",
                at: Moment(milliseconds: 3000),
                pass: 2,
                afi: 7,
                antenna: 1,
                signal: -40
            ),
            Sighting(uid: TagUID(9), reader: "wand-2", at: Moment(milliseconds: 1000)),
        ]
        #expect(try store.sightings(of: 1) == log)
        #expect(try store.history(of: "b8").map(\.sightings) == [1])
        #expect(try store.append(log, to: 1) == 0)
    }

    @Test func `tags without an item are found in sweeps that were finished before they were noted`() throws {
        let database = try DatabaseQueue()
        try Schema.migrator.migrate(database, upTo: "19 holdings among the changes of security")
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sweep (statuses, startedAt, finishedAt)
                    VALUES ('available', 0, 9), ('available', 0, NULL), ('available', 0, 9);
                    INSERT INTO tag (uid, barcode, model, readAt) VALUES (7, 'b7', 'raw', 0), (8, NULL, 'raw', 0);
                    INSERT INTO sighting (sweep, uid, barcode, reader, at, pass) VALUES
                        (1, 7, NULL, 'wand-1', 1, 1), (1, 8, NULL, 'wand-1', 1, 1), (1, 9, NULL, 'wand-1', 1, 1),
                        (1, 9, NULL, 'wand-1', 2, 1), (2, 9, NULL, 'wand-1', 1, 1), (3, 9, NULL, 'wand-1', 1, 1),
                        (3, 10, 'b10', 'wand-1', 1, 1)
                    """
            )
        }
        let store = try Store(database: database, folder: nil, claim: nil)
        let found = try (7...10 as ClosedRange<UInt64>).map { try store.sweeps(withTag: TagUID($0), limit: 8) }
        #expect(found == [[], [1], [3, 1], []])
        try store.forget(TagUID(9), in: [1])
        try store.note(tagsWithoutItem: [TagUID(9), TagUID(8)], of: 3)
        #expect(try store.sweeps(withTag: TagUID(9), limit: 8) == [3])
        #expect(try store.sweeps(withTag: TagUID(8), limit: 1) == [3])
    }

    @Test func `a sighting without a reader or with an empty barcode is refused and leaves nothing`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let good = Sighting(uid: .number(1), reader: "wand-1", at: .second(1))
        for bad in [
            Sighting(uid: .number(2), reader: "", at: .second(1)),
            Sighting(uid: .number(2), barcode: "", reader: "wand-1", at: .second(1)),
        ] {
            #expect(throws: StoreError.self) { try store.append([good, bad], to: sweep.id) }
        }
        #expect(try store.sightings(of: sweep.id).isEmpty)
    }
}
