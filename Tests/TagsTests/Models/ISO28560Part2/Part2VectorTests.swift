import Tags
import Testing
import Wire

@Suite(.enabled(if: SharedVectors.arePresent, SharedVectors.absence))
struct Part2VectorTests {
    @Test func `every recorded chain decodes to the listed elements`() throws {
        let vectors = try SharedVectors.models("iso28560-2").filter { $0.fields["startOffset"] == nil }
        #expect(vectors.count > 20)
        for vector in vectors {
            let tag = LibraryTag(reading: vector.memory)
            #expect(tag.model == "iso28560-2", "\(vector.id)")
            #expect(tag.recognition.confidence > .no, "\(vector.id)")
            let listed = try #require(vector.fields["elements"] as? [[String: Any]])
            try #require(tag.elements.count == listed.count, "\(vector.id)")
            for (element, wanted) in zip(tag.elements, listed) {
                #expect(element.oid == wanted["oid"] as? Int, "\(vector.id)")
                #expect(element.name == wanted["name"] as? String, "\(vector.id)")
                #expect(element.value == wanted["value"] as? String, "\(vector.id)")
                #expect(Hex.string(tag.bytes(of: element)) == wanted["raw"] as? String, "\(vector.id)")
                let code = try #require(wanted["compaction"] as? Int)
                #expect(element.compaction == Compaction(rawValue: UInt8(code)), "\(vector.id)")
            }
            #expect(tag.elements.last.map { $0.offset + $0.length } == vector.number("endOffset"), "\(vector.id)")
            if let matches = vector.fields["contentParameterMatches"] as? Bool {
                #expect(tag.problems.contains { $0.hasPrefix("content parameter") } == !matches, "\(vector.id)")
            }
        }
    }

    @Test func `every recorded chain is written back byte for byte`() throws {
        for vector in try SharedVectors.models("iso28560-2") where vector.id != "p2-syn-null-bytes" {
            let start = vector.number("startOffset") ?? 0
            let chain = DataSetChain(vector.bytes, from: start)
            var writer = ByteWriter()
            for link in chain.links { chain.dataSet(link).write(to: &writer) }
            let end = chain.links.last?.range.upperBound ?? start
            #expect(writer.bytes == Array(vector.bytes[start..<end]), "\(vector.id)")
        }
    }

    @Test func `the listed values are laid out as in the standard and the examples`() throws {
        var encoded = 0
        // A set of 3 parts is written as 32; the recorded 0302 is what a writer that always takes two digits makes of it.
        for vector in try SharedVectors.models("iso28560-2") where vector.id != "p2-syn-set-3of2" {
            guard let values = vector.fields["encodeInput"] as? [[String: Any]] else { continue }
            var content = TagContent(primaryItemIdentifier: "")
            for value in values {
                let oid = try #require(value["oid"] as? Int)
                let text = try #require(value["value"] as? String)
                switch oid {
                case 1: content.primaryItemIdentifier = text
                case 3: content.ownerInstitution = text
                case 4: content.setInformation = SetInformation(digits: text)
                case 5: content.typeOfUsage = try TypeOfUsage(rawValue: #require(UInt8(text, radix: 16)))
                default: content.others[oid] = text
                }
                if value["lock"] as? Bool == true { content.lockedElements.insert(oid) }
            }
            let blocks = (vector.bytes.count + vector.blockSize - 1) / vector.blockSize
            let geometry = MemoryGeometry(blockSize: vector.blockSize, blockCount: blocks)
            var style = Part2Style.standard
            style.forcesUTF8OnTitle = content.others[17] != nil
            let layout = try Part2Layout(content, for: geometry, style: style)
            #expect(layout.bytes.prefix(vector.bytes.count) == vector.bytes[...], "\(vector.id)")
            #expect(layout.bytes.dropFirst(vector.bytes.count).allSatisfy { $0 == 0 }, "\(vector.id)")
            if let map = vector.text("lockMap") {
                #expect(
                    layout.blocksToLock == map.enumerated().filter { $0.element == "L" }.map(\.offset),
                    "\(vector.id)"
                )
            }
            encoded += 1
        }
        #expect(encoded == 11)
    }

    @Test func `a chain behind a foreign first block is not recognised`() throws {
        let vectors = try SharedVectors.models("iso28560-2").filter { $0.fields["startOffset"] != nil }
        #expect(vectors.count == 1)
        for vector in vectors { #expect(LibraryTag(reading: vector.memory).model == "raw") }
    }

    @Test func `every packed text reads and writes as listed`() throws {
        let vectors = try SharedVectors.models("iso15962-compaction")
        #expect(vectors.count == 81)
        for vector in vectors {
            let text = try #require(vector.text("text"))
            guard vector.text("scheme") != "isil" else {
                #expect(ISILPacking.text(vector.bytes[...]) == text)
                if vector.encodes { #expect(ISILPacking.bytes(text) == vector.bytes, "\(text)") }
                continue
            }
            let code = try #require(vector.number("code"))
            let compaction = try #require(Compaction(rawValue: UInt8(code)))
            #expect(compaction.text(vector.bytes[...]) == text)
            let isBelowMinimum = text == "BA" || text == "Lib01"
            if !isBelowMinimum { #expect(compaction.bytes(text) == vector.bytes, "\(text)") }
        }
    }

    @Test func `every length and content parameter reads and writes as listed`() throws {
        for vector in try SharedVectors.models("iso15962-length") {
            let length = try #require(vector.number("length"))
            var reader = ByteReader(vector.bytes)
            #expect(try DataLength.parse(from: &reader) == length)
            var writer = ByteWriter()
            DataLength.write(length, to: &writer)
            #expect(writer.bytes == vector.bytes)
            #expect(DataLength.byteCount(length) == vector.bytes.count)
        }
        for vector in try SharedVectors.models("iso28560-2-contentparameter") {
            let oids = try #require(vector.fields["oids"] as? [Int])
            #expect(ContentParameter(parsing: vector.bytes[...]).oids == oids)
            #expect(ContentParameter(oids).bytes == vector.bytes)
        }
    }
}
