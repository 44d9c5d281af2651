import Field
import Readers
import Tags
import Testing
import Wire

/// A real driver, its real twin, and a branch between them: the whole way from a typed request to a tag and back.
@Suite struct BranchLinkTests {
    private func branch(_ books: [ShelvedTag]) async -> Branch {
        let branch = Branch(seed: 11)
        await branch.addReader(name: "pad-1", kind: .pad, twin: FEIGDriver.twin())
        await branch.addReader(name: "wand-1", kind: .wand(reach: 120), twin: FEIGDriver.twin())
        await branch.setShelf(books)
        return branch
    }

    @Test func `a driver finds, reads and writes tags on a pad`() async throws {
        let books = someTags(3).map { ShelvedTag(tag: $0, thickness: 30) }
        let branch = await branch(books)
        for book in books { try await branch.placeOnPad("pad-1", book.tag.uid) }
        var reader = try await FEIGDriver.open(BranchLink(to: "pad-1", of: branch))
        let inventory = try await reader.inventory(afi: nil)
        #expect(Set(inventory.tags.map(\.uid)) == Set(books.map(\.tag.uid)))
        let uid = books[1].tag.uid
        #expect(try await reader.exchange(.writeAFI(0xC2), with: uid) == .done)
        #expect(await branch.tag(uid)?.afi == 0xC2)
        let blocks = try await reader.exchange(.readMultipleBlocks(first: 0, count: 2, withSecurity: false), with: uid)
        guard case .blocks(let read) = blocks else {
            Issue.record("no blocks")
            return
        }
        #expect(read.flatMap(\.data) == [0x11, 0x01, 0x01, 0, 0, 0, 0, 0])
    }

    @Test func `a driver with a wand meets a whole shelf`() async throws {
        let books = someTags(60).map { ShelvedTag(tag: $0, thickness: 30) }
        let branch = await branch(books)
        var reader = try await FEIGDriver.open(BranchLink(to: "wand-1", of: branch))
        var seen: Set<TagUID> = []
        for position in stride(from: 0.0, through: 1800, by: 60) {
            try await branch.moveWand(to: position, reader: "wand-1")
            seen.formUnion(try await reader.inventory(afi: nil).tags.map(\.uid))
        }
        #expect(seen == Set(books.map(\.tag.uid)))
    }

    @Test func `a tag pulled off during a write is lost for the driver`() async throws {
        let tag = someTags(1)[0]
        let branch = await branch([ShelvedTag(tag: tag, thickness: 30)])
        try await branch.placeOnPad("pad-1", tag.uid)
        var reader = try await FEIGDriver.open(BranchLink(to: "pad-1", of: branch))
        _ = try await reader.inventory(afi: nil)
        try await branch.pullDuringNextWrite(tag.uid)
        do {
            let response = try await reader.exchange(.writeAFI(0xC2), with: tag.uid)
            #expect(response != .done)
        } catch {
            #expect(error == .tagLost(tag.uid))
        }
        #expect(try await reader.inventory(afi: nil).tags.isEmpty)
    }
}
