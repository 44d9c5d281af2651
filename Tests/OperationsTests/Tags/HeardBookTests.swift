import Library
import Operations
import Tags
import Testing

@Suite struct HeardBookTests {
    private let uid = TagUID(0xE004_0150_0000_0001)

    private func round(
        _ second: Int64,
        reader: String = "pad-1",
        role: StationRole = .pad,
        arrived: [HeardTag] = [],
        heard: [TagUID] = [],
        present: [TagUID] = [],
        left: [TagUID] = []
    ) -> StationRound {
        StationRound(
            reader: reader,
            role: role,
            at: Moment(milliseconds: second * 1000),
            arrived: arrived,
            left: left,
            heard: heard,
            present: present
        )
    }

    private func tag(_ second: Int64, signal: Int? = nil) -> HeardTag {
        HeardTag(uid: uid, at: Moment(milliseconds: second * 1000), antenna: nil, signal: signal)
    }

    @Test func `looks and answers are counted while a tag lies there`() async throws {
        let book = HeardBook()
        await book.take(round(1, arrived: [tag(1, signal: 80)], heard: [uid], present: [uid]))
        await book.take(round(2, present: [uid]))
        await book.take(round(3, heard: [uid], present: [uid]))
        await book.take(round(9, left: [uid]))
        await book.take(round(10))
        let entry = try #require(await book.entry(uid))
        #expect(entry.looks == 3)
        #expect(entry.answers == 2)
        #expect(entry.signal == 80)
        #expect(entry.first == Moment(milliseconds: 1000) && entry.last == Moment(milliseconds: 3000))
        #expect(!entry.isThere)
    }

    @Test func `another reader counts from the beginning, and keeps the signal of the one that told`() async throws {
        let book = HeardBook()
        await book.take(round(1, arrived: [tag(1, signal: 80)], heard: [uid], present: [uid]))
        await book.take(round(2, reader: "wand-1", role: .wand, arrived: [tag(2)], heard: [uid], present: [uid]))
        let entry = try #require(await book.entry(uid))
        #expect(entry.reader == "wand-1")
        #expect(entry.looks == 1)
        #expect(entry.answers == 1)
        #expect(entry.signal == 80 && entry.signalReader == "pad-1")
    }

    @Test func `a patron card that was heard before it was read is forgotten`() async throws {
        let book = HeardBook()
        let content = TagContent(primaryItemIdentifier: "P4711", typeOfUsage: TypeOfUsage(rawValue: 0x80))
        let bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let memory = TagMemory(bytes: bytes, dsfid: Part3Model.dsfid)
        var card = tag(2)
        card.content = .read(memory, LibraryTag(reading: memory))
        await book.take(round(1, reader: "wand-1", role: .wand, arrived: [tag(1)], heard: [uid], present: [uid]))
        #expect(await book.count == 1)
        await book.take(round(2, reader: "wand-1", role: .wand, arrived: [card], heard: [uid], present: [uid]))
        await book.take(round(3, reader: "wand-1", role: .wand, heard: [uid], present: [uid]))
        #expect(await book.count == 0)
    }

    @Test func `what goes through a gate is not remembered`() async {
        let book = HeardBook()
        await book.take(round(1, reader: "gate-1", role: .gate, arrived: [tag(1)], heard: [uid], present: [uid]))
        #expect(await book.entry(uid) == nil)
    }

    @Test func `those heard longest ago go first when there are too many`() async {
        let book = HeardBook(limit: 10)
        for number in 1...11 {
            let uid = TagUID(UInt64(number))
            let tag = HeardTag(uid: uid, at: Moment(milliseconds: Int64(number)), antenna: nil, signal: nil)
            await book.take(round(Int64(number), arrived: [tag], heard: [uid], present: [uid]))
        }
        #expect(await book.count == 9)
        #expect(await book.entry(TagUID(1)) == nil)
        #expect(await book.entry(TagUID(11)) != nil)
    }
}
