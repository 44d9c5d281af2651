import Tags
import Testing
import Wire

struct LibraryTagReadingTests {
    @Test(arguments: RealTag.all)
    func `a real tag reads as a person reads it`(_ real: RealTag) {
        let tag = LibraryTag(reading: real.memory)
        #expect(tag.model == real.model)
        #expect(tag.primaryItemIdentifier == real.identifier)
        #expect(tag.ownerInstitution == real.owner)
        #expect(tag.isReliable)
        #expect(ModelConformanceTests.isSound(tag, in: real.memory))
    }

    @Test(arguments: RealTag.all)
    func `what the DSFID claims never changes what the bytes say`(_ real: RealTag) {
        for dsfid: UInt8 in [0x00, 0x06, 0x3E, 0x01, 0xFF] {
            var memory = real.memory
            memory.dsfid = dsfid
            let tag = LibraryTag(reading: memory)
            #expect(tag.model == real.model)
            #expect(tag.primaryItemIdentifier == real.identifier)
        }
    }

    @Test(arguments: RealTag.all)
    func `a DSFID that no model heeds is as good as none`(_ real: RealTag) {
        let heeded = (UInt8.min...UInt8.max).filter(AllModels.heed)
        #expect(heeded == [0x06, 0x3E, 0x46, 0x86])
        var memories = [real.memory]
        for position in real.bytes.indices.prefix(24) {
            memories.append(real.memory)
            memories[memories.count - 1].bytes[position] ^= 0x15
        }
        for memory in memories {
            var bare = memory
            bare.dsfid = nil
            let wanted = LibraryTag(reading: bare)
            for dsfid in UInt8.min...UInt8.max where !heeded.contains(dsfid) {
                bare.dsfid = dsfid
                var found = LibraryTag(reading: bare)
                found.memory.dsfid = nil
                #expect(found == wanted)
            }
        }
    }

    @Test(arguments: RealTag.all)
    func `a tag with one wrong byte is answered and never throws its checksum away`(_ real: RealTag) {
        var unsound: [String] = []
        for position in real.bytes.indices.prefix(48) {
            for value in UInt8.min...UInt8.max where value != real.bytes[position] {
                var memory = real.memory
                memory.bytes[position] = value
                let tag = LibraryTag(reading: memory)
                // CRC-16 finds every error of a single byte; what it covers can never read as another item.
                let isCovered = real.model == "iso28560-3" && position < 32
                if !ModelConformanceTests.isSound(tag, in: memory) || isCovered && tag.isReliable {
                    unsound.append("byte \(position) = \(Hex.string(value)): \(tag.primaryItemIdentifier ?? "nothing")")
                }
            }
        }
        #expect(unsound.isEmpty)
    }

    @Test(arguments: RealTag.all)
    func `a tag cut short anywhere is answered and never gains an identifier`(_ real: RealTag) {
        for count in 0...real.bytes.count {
            var memory = TagMemory(bytes: Array(real.bytes.prefix(count)), blockCount: real.bytes.count / 4)
            for dsfid: UInt8? in [nil, 0x06, 0x3E] {
                memory.dsfid = dsfid
                let tag = LibraryTag(reading: memory)
                #expect(ModelConformanceTests.isSound(tag, in: memory))
                if tag.isReliable { #expect(tag.primaryItemIdentifier == real.identifier, "\(count) bytes") }
            }
        }
    }

    @Test func `a Danish tag of six parts is never taken for a chain`() throws {
        // 11 06 01 31 … could be an ISO 28560-2 integer of six bytes.
        let content = TagContent(
            primaryItemIdentifier: "12345",
            ownerInstitution: "DK-718500",
            setInformation: SetInformation(total: 6, ordinal: 1)
        )
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        let bytes = try Part3Model.encode(content, for: geometry)
        #expect(LibraryTag(reading: TagMemory(bytes: bytes)).primaryItemIdentifier == "12345")
        #expect(LibraryTag(reading: TagMemory(bytes: bytes, dsfid: 0x06)).primaryItemIdentifier == "12345")
        for position in 3..<32 {
            var damaged = TagMemory(bytes: bytes, dsfid: 0x06)
            damaged.bytes[position] ^= 0x04
            let tag = LibraryTag(reading: damaged)
            #expect(!tag.isReliable || tag.primaryItemIdentifier == "12345", "byte \(position)")
        }
    }

    @Test func `a tag that could be two things says so`() {
        // A chain of identifier 1122334455 and nothing else, shaped so that FR01 does not fit either.
        let chain: [UInt8] = [0x11, 0x02, 0x12, 0x67, 0x00]
        let plain = LibraryTag(reading: TagMemory(bytes: chain + Array(repeating: 0, count: 27)))
        #expect(plain.recognition.confidence == .maybe)
        #expect(plain.problems.isEmpty)
        let identifier: [UInt8] = [0x67] + Array(repeating: 0, count: 15)
        let owner = [UInt8](repeating: 0, count: 13)
        let block = BasicBlock(
            typeOfUsage: 1,
            partsInItem: 2,
            ordinalPart: 0x12,
            identifier: identifier[...],
            owner: owner[...]
        )
        // The same first bytes with a right checksum: the chain ends at byte 4, the block is whole.
        let both = LibraryTag(reading: TagMemory(bytes: block.bytes + [0, 0]))
        #expect(both.model == "iso28560-3")
        #expect(both.problems.contains { $0.hasPrefix("ambiguous: could also be iso28560-2") })
    }

    @Test func `foreign tags are no library tags`() throws {
        let foreign = [
            // NFC Forum type 5 capability container
            "E14018000300FE300000000000000000000000000000000000000000",
            // ski pass of the Flipper firmware's tests
            "030A82ED863961D203141E32B6CA003C36420C3353303732323430300000000000FF04010100",
            // a chain behind a foreign first block, from a Chinese library
            "21040000610A534530313033363130330201A0030B1B81E120000A01ACA2A65F65018000",
        ]
        for hex in foreign {
            let tag = LibraryTag(reading: TagMemory(bytes: try Hex.bytes(hex)))
            #expect(tag.model == "raw")
            #expect(tag.recognition.confidence == .no)
            #expect(!tag.isReliable)
        }
    }

    @Test func `blank tags are told from written ones`() {
        let zeros = TagMemory(bytes: Array(repeating: 0, count: 112), dsfid: 0x06)
        #expect(LibraryTag(reading: zeros).model == "blank")
        let factory = TagMemory(bytes: Array(repeating: 0x55, count: 24) + Array(repeating: 0, count: 8))
        #expect(LibraryTag(reading: factory).model == "blank")
        #expect(LibraryTag(reading: factory).recognition.confidence == .certain)
        // 24 bytes of 55 make a blank tag whatever follows (datamodels §1.2), 23 do not.
        var trailer = factory
        trailer.bytes[31] = 0x01
        #expect(LibraryTag(reading: trailer).model == "blank")
        #expect(LibraryTag(reading: trailer).recognition.confidence == .maybe)
        trailer.bytes[23] = 0x54
        #expect(LibraryTag(reading: trailer).model == "raw")
        let firstBlocks = TagMemory(bytes: Array(repeating: 0, count: 16), blockCount: 28)
        #expect(LibraryTag(reading: firstBlocks).recognition.confidence == .maybe)
        #expect(LibraryTag(reading: TagMemory(bytes: [])).model == "raw")
    }

    @Test func `a tag whose DSFID claims another model says so`() throws {
        let real = try #require(RealTag.all.first { $0.model == "iso28560-3" })
        var memory = real.memory
        memory.dsfid = 0x06
        #expect(LibraryTag(reading: memory).problems.contains("DSFID 06 claims iso28560-2, the bytes are iso28560-3"))
    }

    /// Stop with an error where value and padding reach beyond the memory; numeric holds digits (datamodels §4.1, §4.2).
    @Test(
        arguments: [
            ("1105 1CBE991A14 0307 ACC09EBA", "an element ends behind the end of the memory"),
            ("2103 1A3456 00000000", "a value breaks the rules of its packing"),
            ("0201D0 1105 1CBE991A14", "the first element is no item identifier"),
        ]
    )
    func `a chain that its DSFID claims and that cannot be read says why`(hex: String, reason: String) throws {
        let bytes = try Hex.bytes(hex)
        let memory = TagMemory(bytes: bytes, blockSize: 1, blockCount: bytes.count, dsfid: 0x06)
        let tag = LibraryTag(reading: memory)
        #expect(tag.model == "raw")
        #expect(tag.recognition == Recognition(.no, because: reason))
        #expect(!tag.isReliable)
    }

    @Test func `packed objects and directories are named`() throws {
        let real = try #require(RealTag.all.first)
        var memory = real.memory
        memory.dsfid = 0x86
        let packed = LibraryTag(reading: memory)
        #expect(packed.model == "raw")
        #expect(packed.recognition.confidence == .no)
        // "report as unsupported" (datamodels §4.7), in whatever form the objects are.
        #expect(packed.recognition.reason == "DSFID 86 means packed objects, which are not read")
        let foreign = TagMemory(bytes: Array(repeating: 0xA7, count: 32), dsfid: 0x86)
        #expect(LibraryTag(reading: foreign).recognition.reason == packed.recognition.reason)
        memory.dsfid = 0x46
        let tag = LibraryTag(reading: memory)
        #expect(tag.primaryItemIdentifier == real.identifier)
        #expect(tag.problems.contains { $0.contains("directory") })
    }
}
