import Library
import Store
import Testing

struct StoreDifferenceTests {
    private func store() throws -> Store {
        let store = try Store.inMemory()
        try store.importItems(
            [
                Item(barcode: "1", callNumber: "QA 1"), Item(barcode: "2", location: "REF"), Item(barcode: "3"),
                Item(barcode: "4"), Item(barcode: "ä", title: "the same"),
            ],
            at: .second(1)
        )
        try store.importItems(
            [
                Item(barcode: "0"), Item(barcode: "1", callNumber: "QA 2"), Item(barcode: "2", location: "STACKS"),
                Item(barcode: "3", status: .onLoan), Item(barcode: "ä", title: "the same"),
            ],
            at: .second(2)
        )
        return store
    }

    @Test func `added, removed and changed items are told by kind and in the order of barcodes`() async throws {
        let difference = try await store().difference(from: 1, to: 2, limit: 100)
        #expect(difference.changes.map(\.kind) == [.added, .refiled, .moved, .status, .removed])
        #expect(difference.changes.map { $0.before?.barcode } == [nil, "1", "2", "3", "4"])
        #expect(difference.counts == [.added: 1, .refiled: 1, .moved: 1, .status: 1, .removed: 1])
        #expect(difference.unchanged == 1)
    }

    @Test func `the other way round what was added is removed, and a limit cuts only the list`() async throws {
        let difference = try await store().difference(from: 2, to: 1, limit: 1)
        #expect(difference.changes.map(\.kind) == [.removed])
        #expect(difference.counts[.added] == 1 && difference.counts[.removed] == 1)
    }

    @Test func `a snapshot does not differ from itself, and one that is not there is named`() async throws {
        let store = try store()
        #expect(try await store.difference(from: 2, to: 2, limit: 9).counts.isEmpty)
        await #expect(throws: StoreError.absent(what: "snapshot 9")) {
            try await store.difference(from: 2, to: 9, limit: 9)
        }
    }

    @Test func `what an import would lose is counted by barcode, not by number of items`() async throws {
        let store = try store()
        let run = try store.beginImport(profile: "koha", source: "half.csv", at: .second(9))
        for barcode in ["0", "1", "7", "8", "9"] { try run.add(Item(barcode: barcode), line: 2) }
        let staged = try run.stage(at: .second(9))
        #expect(try await store.shrinkage(to: staged.number) == Shrinkage(gone: 3, of: 5))
    }
}
