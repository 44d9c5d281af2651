import Library
import Store
import Tags
import Testing

struct StoreSweepsTests {
    private static let scope = SweepScope(
        branch: "MAIN",
        location: "REF",
        collection: "FIC",
        callNumbers: CallNumberSpan(
            from: "QA 76",
            to: nil,
            scheme: .lcc,
            range: ShelfRange(lower: [0x51, 0x00, 0xFE], upper: [0xFF])
        ),
        statuses: [.available, .damaged]
    )

    @Test func `a sweep comes back with its scope and snapshot`() throws {
        let store = try Store.inMemory()
        let first = try store.startSweep(SweepScope(), at: .second(0))
        #expect(first.snapshot == nil)
        let info = try store.importItems([Item(barcode: "1")])
        let second = try store.startSweep(Self.scope, at: .second(5))
        #expect(second.snapshot == info.number && second.id > first.id)
        #expect(try store.sweep(first.id) == first)
        #expect(try store.sweep(second.id) == second)
        #expect(try store.latestSweep() == second)
        #expect(try store.openSweeps() == [first, second])
        #expect(try store.sweep(99) == nil)
    }

    @Test func `finishing keeps the first moment and leaves the other sweeps open`() throws {
        let store = try Store.inMemory()
        let first = try store.startSweep(SweepScope(), at: .second(0))
        let second = try store.startSweep(SweepScope(), at: .second(1))
        #expect(try store.finish(first.id, at: .second(9))?.finishedAt == .second(9))
        #expect(try store.finish(first.id, at: .second(30))?.finishedAt == .second(9))
        #expect(try store.openSweeps() == [second])
        #expect(try store.finish(99, at: .second(1)) == nil)
    }

    @Test func `sightings come back whole and in the order of the log`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let log = [
            Sighting(
                uid: .number(7),
                barcode: "39070007",
                reader: "wand-1",
                at: .second(3),
                pass: 2,
                afi: 0xC2,
                antenna: 1,
                signal: -40
            ),
            // Clocks jump: an earlier moment behind a later one is taken as it is.
            Sighting(uid: .number(8), reader: "wand-2", at: .second(1)),
        ]
        #expect(try store.append(log, to: sweep.id) == 2)
        #expect(try store.sightings(of: sweep.id) == log)
    }

    @Test func `the same log uploaded twice is there once, also in a finished sweep`() throws {
        let store = try Store.inMemory()
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let log = (1...10).map { Sighting(uid: .number($0), reader: "wand-1", at: .second(Int64($0))) }
        #expect(try store.append(Array(log[0..<6]), to: sweep.id) == 6)
        try store.finish(sweep.id, at: .second(60))
        #expect(try store.append(log, to: sweep.id) == 4)
        #expect(try store.append(log, to: sweep.id) == 0)
        #expect(try store.sightings(of: sweep.id) == log)
    }

    @Test func `the same tag at the same moment is one sighting for each reader and sweep`() throws {
        let store = try Store.inMemory()
        let sweeps = try [
            store.startSweep(SweepScope(), at: .second(0)), store.startSweep(SweepScope(), at: .second(0)),
        ]
        let sighting = Sighting(uid: .number(1), reader: "wand-1", at: .second(1))
        let other = Sighting(uid: .number(1), reader: "wand-2", at: .second(1))
        for sweep in sweeps { #expect(try store.append([sighting, other], to: sweep.id) == 2) }
    }
}
