import Tags
import Testing
import Wire

struct Part2LayoutTests {
    private let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)

    @Test func `the example of the standard comes out byte for byte`() throws {
        let content = TagContent(
            primaryItemIdentifier: "123456789012",
            ownerInstitution: "US-InU-Mu",
            setInformation: SetInformation(total: 12, ordinal: 3),
            others: [6: "QA268.L55"],
            lockedElements: [1, 3]
        )
        let layout = try Part2Layout(content, for: geometry)
        let wanted = "9100051CBE991A140201D0140204B34607441CB6E2E335D6830207ACC09EBAA06F6B0000"
        #expect(Hex.string(layout.bytes.prefix(36)) == wanted)
        #expect(layout.blocksToLock == [0, 1, 6, 7, 8])
    }

    @Test func `an identifier alone has no content parameter`() throws {
        let layout = try Part2Layout(
            TagContent(primaryItemIdentifier: "123456789012", lockedElements: [1]),
            for: geometry
        )
        #expect(Hex.string(layout.bytes.prefix(9)) == "9100051CBE991A1400")
        #expect(layout.blocksToLock == [0, 1])
    }

    @Test func `locked runs start and end on blocks of any size`() throws {
        var random = SeededGenerator(seed: 11)
        var checked = 0
        for _ in 0..<500 {
            var content = random.content(others: Array(6...26))
            content.lockedElements = Set([1, 3, 5, 6, 17, 22].filter { _ in random.isTrue(onceIn: 2) })
            let size = [1, 2, 4, 8, 16].randomElement(using: &random) ?? 4
            let geometry = MemoryGeometry(blockSize: size, blockCount: 384 / size)
            let layout = try Part2Layout(content, for: geometry)
            var memory = TagMemory(bytes: layout.bytes, blockSize: size, dsfid: 0x06)
            memory.locked = (0..<geometry.blockCount).map(layout.blocksToLock.contains)
            let tag = LibraryTag(reading: memory)
            var wanted = content
            wanted.lockedElements.formIntersection(tag.elements.compactMap(\.oid))
            #expect(TagContent(tag) == wanted)
            for element in tag.elements {
                let blocks = element.offset / size...(element.offset + element.length - 1) / size
                let states = Set(blocks.map { memory.locked[$0] })
                #expect(states.count == 1, "an element stands in locked and open blocks")
            }
            checked += 1
        }
        #expect(checked == 500)
    }

    @Test func `reserve, pad value and UTF-8 are the site's choice`() throws {
        var style = Part2Style.standard
        style.contentParameterReserve = 4
        style.padByte = 0x80
        style.prefersUTF8 = true
        style.codeCompaction = .octets
        let content = TagContent(
            primaryItemIdentifier: "1620168259",
            typeOfUsage: .circulation,
            others: [25: "Hjørring"],
            lockedElements: [1]
        )
        let bytes = try Part2Layout(content, for: geometry, style: style).bytes
        // 91 01 04 6091CE43 80 is how Finland writes it; 02 05 leaves room for later elements.
        let wanted = "9101046091CE4380" + "020720000200000000" + "650110" + "7F0A09486AC3B87272696E67"
        #expect(Hex.string(bytes.prefix(32)) == wanted)
    }

    @Test func `elements keep the order they have on the tag where the site wants it so`() throws {
        // Finland: identifier 1620168259, elements 3 5 7, circulation, ONIX "BA", FI-Mamk-M (kohasuomi/rfid-harava).
        let bytes = try Hex.bytes("9101046091CE4380" + "0201A8" + "050110" + "67024241" + "03073240DE05AB075B")
        let memory = TagMemory(
            bytes: bytes + Array(repeating: 0, count: 112 - bytes.count),
            blockCount: 28,
            dsfid: 0x06
        )
        var content = TagContent(LibraryTag(reading: memory))
        content.others[6] = "2.A.17"
        func order(_ style: Part2Style) throws -> [Int] {
            let layout = try Part2Layout(content, over: memory, style: style)
            let written = LibraryTag(reading: TagMemory(bytes: layout.bytes, dsfid: 0x06))
            #expect(TagContent(written) == content)
            return written.elements.compactMap(\.oid)
        }
        #expect(try order(.standard) == [1, 2, 3, 5, 6, 7])
        var style = Part2Style.standard
        style.keepsOrder = true
        #expect(try order(style) == [1, 2, 5, 7, 3, 6])
    }

    @Test func `what no data set can hold is refused with its name`() {
        let contents: [(TagContent, String)] = [
            (TagContent(primaryItemIdentifier: ""), "primaryItemIdentifier"),
            (TagContent(primaryItemIdentifier: "a\u{1}"), "primaryItemIdentifier"),
            (TagContent(primaryItemIdentifier: "1", ownerInstitution: "DE_1"), "ownerInstitution"),
            (TagContent(primaryItemIdentifier: "1", ownerInstitution: "CN-130103-1-SJZLIB"), "ownerInstitution"),
            (
                TagContent(primaryItemIdentifier: "1", setInformation: SetInformation(total: 1000, ordinal: 1)),
                "setInformation"
            ),
            (
                TagContent(primaryItemIdentifier: "1", setInformation: SetInformation(total: 1, ordinal: -1)),
                "setInformation"
            ),
            (TagContent(primaryItemIdentifier: "1", others: [19: "book"]), "mediaFormat"),
            (TagContent(primaryItemIdentifier: "1", others: [27: "x"]), "element 27"),
            (TagContent(primaryItemIdentifier: "1", others: [2: "D0"]), "element 2"),
            (TagContent(primaryItemIdentifier: "1", others: [6: "x"], lockedElements: [2]), "contentParameter"),
        ]
        for (content, name) in contents {
            do throws(EncodeError) {
                _ = try Part2Layout(content, for: geometry)
                Issue.record("\(name) not refused")
            } catch {
                guard case .unrepresentable(let field, _, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(field == name)
            }
        }
    }
}
