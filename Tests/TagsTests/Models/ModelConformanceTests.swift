import Foundation
import Tags
import Testing
import Wire

/// What every data model promises, run over the registry: a new model is tested by its line in `AllModels`.
struct ModelConformanceTests {
    private static let names = AllModels.inOrder.map { $0.name }

    private static func model(_ name: String) throws -> any TagDataModel.Type {
        try #require(AllModels.inOrder.first { $0.name == name })
    }

    @Test func `model names are unique`() {
        #expect(Set(Self.names).count == Self.names.count)
    }

    @Test func `every folder with a model has its line in the registry`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Tags/Models")
        let folders = try FileManager.default.contentsOfDirectory(atPath: root.standardized.path)
        var models: Set<String> = []
        for folder in folders where !folder.hasSuffix(".swift") {
            let files = try FileManager.default.contentsOfDirectory(
                atPath: root.appending(path: folder).standardized.path
            )
            models.formUnion(files.filter { $0.hasSuffix("Model.swift") }.map { String($0.dropLast(6)) })
        }
        // UHF tags have banks instead of blocks and are read through their own door.
        models.remove("Part4Model")
        let registered = Set(AllModels.inOrder.map { "\($0)" })
        #expect(models == registered, "hint: add the missing model to AllModels.swift")
    }

    @Test(arguments: names)
    func `any bytes are answered`(_ name: String) throws {
        let model = try Self.model(name)
        var random = SeededGenerator(seed: 1)
        for round in 0..<1500 {
            var memory = TagMemory(
                bytes: random.bytes(round % 120),
                blockSize: [4, 8, 1, 0, 32].randomElement(using: &random) ?? 4
            )
            memory.dsfid = [nil, 0, 0x06, 0x3E, 0x46, 0x86].randomElement(using: &random) ?? nil
            memory.locked = (0..<(round % 30)).map { _ in random.isTrue(onceIn: 3) }
            let tag = model.decode(memory)
            #expect(tag.model == name)
            #expect(tag.recognition == model.recognise(memory), "recognise and decode disagree")
            #expect(Self.isSound(tag, in: memory), "\(Hex.string(memory.bytes))")
        }
    }

    @Test(arguments: names)
    func `a model recognises what it wrote and reads it back`(_ name: String) throws {
        let model = try Self.model(name)
        var random = SeededGenerator(seed: 2)
        var written = 0
        for _ in 0..<800 {
            let others =
                name == "iso28560-2"
                ? Array(6...26)
                : name == "iso28560-3" ? [6, 7, 8, 9, 10, 11, 12, 13, 17, 18, 19, 21, 22, 23, 24, 25] : []
            let content = random.content(others: others)
            let size = [4, 8].randomElement(using: &random) ?? 4
            let geometry = MemoryGeometry(blockSize: size, blockCount: Int.random(in: 4...64, using: &random))
            guard let bytes = try? model.encode(content, for: geometry) else { continue }
            written += 1
            #expect(bytes.count == geometry.byteCount)
            let memory = TagMemory(bytes: bytes, blockSize: size, blockCount: geometry.blockCount, dsfid: model.dsfid)
            let tag = LibraryTag(reading: memory)
            #expect(tag.model == name, "\(content)")
            #expect(tag.isReliable)
            var back = TagContent(tag)
            #expect(back.primaryItemIdentifier == content.primaryItemIdentifier)
            // A model without room for "not said" gives the meaning of an absent element.
            if content.setInformation == nil, back.setInformation == .single { back.setInformation = nil }
            if content.typeOfUsage == nil, back.typeOfUsage == .circulation { back.typeOfUsage = nil }
            #expect(back == content, "\(Hex.string(bytes))")
            #expect(
                try model.encode(TagContent(tag), for: geometry) == (try model.encode(back, for: geometry))
                    || name == "iso28560-3"
            )
        }
        #expect(written > 0 || ["blank", "raw", "fr01", "dm11"].contains(name))
    }

    @Test(arguments: names)
    func `content that does not fit is refused`(_ name: String) throws {
        let model = try Self.model(name)
        let content = TagContent(primaryItemIdentifier: "123456789012345", ownerInstitution: "DK-718500")
        for blocks in 0...3 {
            #expect(throws: EncodeError.self) {
                try model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: blocks))
            }
        }
    }

    /// Whether elements stand inside the memory, in order, and nothing is reliable that was not recognised.
    static func isSound(_ tag: LibraryTag, in memory: TagMemory) -> Bool {
        var previous = 0
        for element in tag.elements {
            guard element.offset >= previous, element.offset + element.length <= memory.bytes.count else {
                return false
            }
            previous = element.offset
        }
        return !tag.isReliable || tag.recognition.confidence > .no && tag.checksum?.isRight != false
    }
}
