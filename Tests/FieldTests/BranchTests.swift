import Field
import Readers
import Tags
import Testing

private func shelf(_ count: Int, thickness: Double = 25) -> [ShelvedTag] {
    someTags(count).map { ShelvedTag(tag: $0, thickness: thickness) }
}

@Suite struct BranchTests {
    @Test func `a pad hears what lies on it`() async throws {
        let branch = Branch(seed: 1)
        await branch.addReader(name: "pad-1", kind: .pad, twin: TinyTwin())
        let books = shelf(3)
        await branch.setShelf(books)
        #expect(await branch.receive([UInt8(ascii: "I")], reader: "pad-1").reply.isEmpty)
        try await branch.placeOnPad("pad-1", books[1].tag.uid)
        try await branch.placeOnPad("pad-1", books[2].tag.uid)
        let (reply, time) = await branch.receive([UInt8(ascii: "I")], reader: "pad-1")
        #expect(Set(uids(in: reply)) == Set([books[1].tag.uid, books[2].tag.uid]))
        #expect(time > .milliseconds(10))
        try await branch.clearPad("pad-1")
        #expect(await branch.receive([UInt8(ascii: "I")], reader: "pad-1").reply.isEmpty)
        #expect(await branch.snapshot().shelf.count == 3)
    }

    @Test func `a wand led along the shelf meets every book, and only those near it at a time`() async throws {
        let branch = Branch(seed: 2)
        await branch.addReader(name: "wand-1", kind: .wand(reach: 120), twin: TinyTwin())
        let books = shelf(100)
        await branch.setShelf(books)
        #expect(await branch.shelfLength == 2500)
        var seen: Set<TagUID> = []
        for position in stride(from: 0.0, through: 2500, by: 50) {
            try await branch.moveWand(to: position, reader: "wand-1")
            let here = uids(in: await branch.receive([UInt8(ascii: "I")], reader: "wand-1").reply)
            #expect(here.count < 16)
            seen.formUnion(here)
        }
        #expect(seen == Set(books.map(\.tag.uid)))
    }

    @Test func `a wand in its holder hears nothing`() async throws {
        let branch = Branch(seed: 2)
        await branch.addReader(name: "wand-1", kind: .wand(reach: 120), twin: TinyTwin())
        await branch.setShelf(shelf(10))
        #expect(await branch.receive([UInt8(ascii: "I")], reader: "wand-1").reply.isEmpty)
        try await branch.moveWand(to: 100, reader: "wand-1")
        #expect(await !branch.receive([UInt8(ascii: "I")], reader: "wand-1").reply.isEmpty)
        try await branch.moveWand(to: nil, reader: "wand-1")
        #expect(await branch.receive([UInt8(ascii: "I")], reader: "wand-1").reply.isEmpty)
    }

    @Test func `a book taken from the shelf to the pad leaves a gap and comes back`() async throws {
        let branch = Branch(seed: 3)
        await branch.addReader(name: "pad-1", kind: .pad, twin: TinyTwin())
        let books = shelf(3)
        await branch.setShelf(books)
        try await branch.placeOnPad("pad-1", books[1].tag.uid)
        #expect(await branch.snapshot().shelf.map(\.uid) == [books[0].tag.uid, books[2].tag.uid])
        #expect(await branch.snapshot().pads == ["pad-1": [books[1].tag.uid]])
        try await branch.putBack(books[1].tag.uid)
        #expect(await branch.snapshot().shelf.map(\.uid) == books.map(\.tag.uid))
    }

    @Test func `what a reader writes stays on the tag`() async throws {
        let branch = Branch(seed: 4)
        await branch.addReader(name: "pad-1", kind: .pad, twin: TinyTwin())
        let books = shelf(1)
        await branch.setShelf(books)
        let uid = books[0].tag.uid
        try await branch.placeOnPad("pad-1", uid)
        #expect(await branch.receive([UInt8(ascii: "W")] + uid.bytes + [0xC2], reader: "pad-1").reply == [1])
        try await branch.putBack(uid)
        #expect(await branch.tag(uid)?.afi == 0xC2)
    }

    @Test func `a tag pulled off during a write is gone, with old, new or damaged data`() async throws {
        var values: Set<UInt8> = []
        for seed in 0..<24 as Range<UInt64> {
            let branch = Branch(seed: seed)
            await branch.addReader(name: "pad-1", kind: .pad, twin: TinyTwin())
            let tag = someTags(1)[0]
            await branch.add(tag)
            try await branch.placeOnPad("pad-1", tag.uid)
            try await branch.pullDuringNextWrite(tag.uid)
            #expect(await branch.receive([UInt8(ascii: "W")] + tag.uid.bytes + [0xC2], reader: "pad-1").reply == [0])
            #expect(await branch.receive([UInt8(ascii: "I")], reader: "pad-1").reply.isEmpty)
            #expect(await branch.snapshot().away == [tag.uid])
            values.insert(try #require(await branch.tag(tag.uid)).afi)
        }
        #expect(values.isSuperset(of: [0x07, 0xC2]))
        #expect(values.count > 2)
    }

    @Test func `a gate hears a tag while it is inside`() async throws {
        let branch = Branch(seed: 5)
        await branch.addReader(name: "gate-1", kind: .gate, twin: TinyTwin())
        let books = shelf(1)
        await branch.setShelf(books)
        let uid = books[0].tag.uid
        try await branch.enterGate("gate-1", uid)
        #expect(uids(in: await branch.receive([UInt8(ascii: "I")], reader: "gate-1").reply) == [uid])
        try await branch.leaveGate("gate-1", uid)
        #expect(await branch.receive([UInt8(ascii: "I")], reader: "gate-1").reply.isEmpty)
        #expect(await branch.snapshot().away == [uid])
    }

    @Test func `what is not there is named`() async throws {
        let branch = Branch(seed: 6)
        await branch.addReader(name: "pad-1", kind: .pad, twin: TinyTwin())
        let stranger = TagUID(0xE004_0150_0000_0001)
        await #expect(throws: BranchError.unknownTag(stranger)) { try await branch.placeOnPad("pad-1", stranger) }
        await #expect(throws: BranchError.unknownReader("pad-9", known: ["pad-1"])) {
            try await branch.placeOnPad("pad-9", stranger)
        }
        await #expect(throws: BranchError.wrongKind(reader: "pad-1", wanted: "wand")) {
            try await branch.moveWand(to: 1, reader: "pad-1")
        }
        #expect(await branch.receive([1], reader: "pad-9").reply.isEmpty)
        let words = "tag: found \(stranger), wanted one of this branch; `pressmark simulate scene` shows them"
        #expect(BranchError.unknownTag(stranger).description == words)
    }

    @Test func `two thousand books are polled faster than real time`() async throws {
        let branch = Branch(seed: 8)
        await branch.addReader(name: "wand-1", kind: .wand(reach: 150), twin: TinyTwin())
        await branch.setShelf(shelf(2000))
        let clock = ContinuousClock()
        var air = Duration.zero
        let spent = try await clock.measure {
            for step in 0..<20 {
                try await branch.moveWand(to: 1000 + Double(step) * 30, reader: "wand-1")
                air += await branch.receive([UInt8(ascii: "I")], reader: "wand-1").airTime
            }
        }
        #expect(spent < air)
    }
}
