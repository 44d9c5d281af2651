import Library
import Store
import Tags
import Testing

struct StoreDivergenceTests {
    private func divergence(_ number: UInt64 = 1, reader: String = "wand-1", at second: Int64 = 1) -> Divergence {
        Divergence(
            uid: .number(number),
            barcode: "3907000\(number)",
            tags: .disarmed,
            item: .inLibrary,
            wanted: .armed,
            reader: reader,
            first: .second(second),
            last: .second(second)
        )
    }

    @Test func `a tag that is heard wrong again counts on`() throws {
        let store = try Store.inMemory()
        try store.note(divergence())
        try store.note(divergence(reader: "gate-1", at: 9))
        var wanted = divergence(reader: "gate-1")
        wanted.last = .second(9)
        wanted.times = 2
        #expect(try store.openDivergences() == [wanted])
        #expect(try store.openDivergence(of: .number(1)) == wanted)
        #expect(try store.openDivergence(of: .number(2)) == nil)
    }

    @Test func `what was put right is counted and may come again`() throws {
        let store = try Store.inMemory()
        try store.note(divergence())
        try store.note(divergence(2))
        try store.end(divergencesOf: [.number(1)], as: .repaired, at: .second(2))
        #expect(try store.openDivergences().map(\.uid) == [.number(2)])
        try store.end(divergencesOf: [.number(1), .number(2)], as: .heardRight, at: .second(3))
        #expect(try store.closedDivergences() == [.repaired: 1, .heardRight: 1])
        try store.note(divergence(at: 4))
        #expect(try store.openDivergences() == [divergence(at: 4)])
    }
}
