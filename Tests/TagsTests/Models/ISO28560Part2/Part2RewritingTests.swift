import Tags
import Testing
import Wire

struct Part2RewritingTests {
    /// The example of the standard: identifier locked in blocks 0 and 1, owner in blocks 6 to 8.
    private func example() throws -> TagMemory {
        let bytes = try Hex.bytes("9100051CBE991A14 0201D0 140204B3 4607441CB6E2E335D6 830207ACC09EBAA06F6B0000")
        var memory = TagMemory(bytes: bytes + Array(repeating: 0, count: 76), blockCount: 28, dsfid: 0x06)
        memory.locked = (0..<28).map { [0, 1, 6, 7, 8].contains($0) }
        return memory
    }

    private func content(_ memory: TagMemory) -> TagContent { TagContent(LibraryTag(reading: memory)) }

    @Test func `nothing changes when nothing has to`() throws {
        let memory = try example()
        let layout = try Part2Layout(content(memory), over: memory)
        #expect(layout.bytes == memory.bytes)
        #expect(layout.blocksToLock.isEmpty)
    }

    @Test func `a removed element leaves padding in front of the locked ones`() throws {
        let memory = try example()
        var wanted = content(memory)
        wanted.others[6] = nil
        let layout = try Part2Layout(wanted, over: memory)
        // 02 01 C0 | set, stretched over the gap of 16 bytes: pad count 8 | locked owner untouched
        #expect(Hex.string(layout.bytes[8..<24]) == "0201C0" + "940802" + "04B3" + String(repeating: "00", count: 8))
        #expect(layout.bytes[24...] == memory.bytes[24...])
    }

    @Test func `an element without room in the gap goes behind the last locked block`() throws {
        let memory = try example()
        var wanted = content(memory)
        wanted.others[17] = "The art of computer programming"
        let layout = try Part2Layout(wanted, over: memory)
        var rewritten = memory
        rewritten.bytes = layout.bytes
        let tag = LibraryTag(reading: rewritten)
        // The content parameter grew by a byte, so that the shelf location lost its room in the gap too.
        #expect(tag.element(.shelfLocation)?.offset == 36)
        #expect(tag.element(.title)?.offset == 45)
        #expect(tag.element(.title)?.value == "The art of computer programming")
        #expect(tag.recognition.confidence == .certain)
        for block in [0, 1, 6, 7, 8] {
            #expect(layout.bytes[block * 4..<block * 4 + 4] == memory.bytes[block * 4..<block * 4 + 4])
        }
    }

    @Test func `a locked element that should change is refused with its block`() throws {
        let memory = try example()
        var owner = content(memory)
        owner.ownerInstitution = "DE-526"
        #expect(throws: EncodeError.locked(block: 6)) { try Part2Layout(owner, over: memory) }
        var identifier = content(memory)
        identifier.primaryItemIdentifier = "4711"
        #expect(throws: EncodeError.locked(block: 0)) { try Part2Layout(identifier, over: memory) }
        var removed = content(memory)
        removed.ownerInstitution = nil
        #expect(throws: EncodeError.locked(block: 6)) { try Part2Layout(removed, over: memory) }
    }

    @Test func `more than the gaps hold is refused`() throws {
        let memory = try example()
        var wanted = content(memory)
        wanted.others[17] = String(repeating: "é", count: 90)
        #expect(throws: EncodeError.self) { try Part2Layout(wanted, over: memory) }
    }

    @Test func `any tag with any locked elements takes any other open elements or refuses`() throws {
        var random = SeededGenerator(seed: 12)
        var rewritten = 0
        for _ in 0..<600 {
            var content = random.content(others: [6, 7, 12, 17, 22, 26])
            content.lockedElements = Set([1, 3, 5, 22].filter { _ in random.isTrue(onceIn: 2) })
            let size = [4, 8].randomElement(using: &random) ?? 4
            let first = try Part2Layout(content, for: MemoryGeometry(blockSize: size, blockCount: 192 / size))
            var memory = TagMemory(bytes: first.bytes, blockSize: size, blockCount: 192 / size, dsfid: 0x06)
            memory.locked = (0..<(192 / size)).map(first.blocksToLock.contains)
            var wanted = random.content(others: [6, 7, 12, 17, 26])
            let kept = Set(LibraryTag(reading: memory).elements.filter { $0.locked == true }.compactMap(\.oid))
            if kept.contains(1) { wanted.primaryItemIdentifier = content.primaryItemIdentifier }
            if kept.contains(3) { wanted.ownerInstitution = content.ownerInstitution }
            if kept.contains(5) { wanted.typeOfUsage = content.typeOfUsage }
            if kept.contains(22) { wanted.others[22] = content.others[22] }
            guard let layout = try? Part2Layout(wanted, over: memory) else { continue }
            rewritten += 1
            for (block, isLocked) in memory.locked.enumerated() where isLocked {
                let range = block * size..<(block + 1) * size
                #expect(layout.bytes[range] == memory.bytes[range])
            }
            memory.bytes = layout.bytes
            var back = TagContent(LibraryTag(reading: memory))
            back.lockedElements = []
            #expect(back == wanted)
        }
        #expect(rewritten > 400)
    }

    @Test func `a locked block of old bytes behind the chain is not run into`() throws {
        var memory = TagMemory(
            bytes: try Part2Model.encode(
                TagContent(primaryItemIdentifier: "4711"),
                for: MemoryGeometry(blockSize: 4, blockCount: 8)
            ),
            blockCount: 8,
            dsfid: 0x06
        )
        memory.bytes.replaceSubrange(16..<20, with: [0x46, 0x07, 0x44, 0x1C])
        memory.locked = (0..<8).map { $0 == 4 }
        let short = TagContent(primaryItemIdentifier: "123456789012", typeOfUsage: .circulation)
        var rewritten = memory
        rewritten.bytes = try Part2Layout(short, over: memory).bytes
        #expect(rewritten.bytes[16..<20] == [0x46, 0x07, 0x44, 0x1C])
        #expect(TagContent(LibraryTag(reading: rewritten)) == short)
        let long = TagContent(
            primaryItemIdentifier: "123456789012",
            ownerInstitution: "DE-526",
            typeOfUsage: .circulation
        )
        #expect(throws: EncodeError.self) { try Part2Layout(long, over: memory) }
    }
}
