import API
import Foundation
import Tags
import Testing
import Wire

@testable import Command

/// Real dumps with the fields that others read from them, when the vectors stand beside the repository.
private let vectorFile: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    let folder =
        ProcessInfo.processInfo.environment["PRESSMARK_VECTORS"].map { URL(filePath: $0) }
        ?? root.appending(path: "../shared/vectors").standardized
    let file = folder.appending(path: "tag-data-models.json")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

private struct Vector: Decodable {
    struct Fields: Decodable {
        var primaryItemIdentifier: String?
        var isil: String?
        var crcStored: String?
        var crcValid: Bool?
    }

    var id: String?
    var model: String
    var dsfid: String?
    var afi: String?
    var hex: String
    var fields: Fields
}

@Suite(.enabled(if: vectorFile != nil, "tag-data-models.json was not found beside the repository"))
struct TagVectorTests {
    private func vectors(of models: String...) throws -> [Vector] {
        let file = try #require(vectorFile)
        return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file)).filter {
            models.contains($0.model)
        }
    }

    private func explain(_ vector: Vector) throws -> (TagExplanation, [String: Any]) {
        let byte = { (text: String?) in try text.flatMap { try Hex.bytes($0).first } }
        let memory = TagMemory(
            bytes: try Hex.bytes(vector.hex),
            dsfid: try byte(vector.dsfid),
            afi: try byte(vector.afi)
        )
        let explanation = TagExplanation(memory)
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(explanation)) as? [String: Any]
        return (explanation, try #require(object))
    }

    @Test func `every dump of the library models is decoded under its own name`() throws {
        let dumps = try vectors(of: "iso28560-2", "iso28560-3")
        #expect(dumps.count >= 40)
        for vector in dumps where vector.id != "p2-real-cn-liuxing" {
            let (explanation, object) = try explain(vector)
            #expect(object["model"] as? String == vector.model, "\(vector.id ?? vector.hex)")
            #expect(explanation.isLibraryTag, "\(vector.id ?? vector.hex)")
        }
    }

    @Test func `checksums are shown as the dumps record them`() throws {
        let dumps = try vectors(of: "iso28560-3").filter { $0.fields.crcStored != nil }
        #expect(!dumps.isEmpty)
        for vector in dumps {
            let checksum = try #require(try explain(vector).1["checksum"] as? [String: Any])
            #expect(checksum["stored"] as? String == vector.fields.crcStored, "\(vector.id ?? vector.hex)")
            if let valid = vector.fields.crcValid { #expect(checksum["ok"] as? Bool == valid) }
        }
    }

    @Test func `what is no library tag ends as one`() throws {
        let dumps = try vectors(of: "none")
        #expect(!dumps.isEmpty)
        for vector in dumps { #expect(try explain(vector).0.isLibraryTag == false, "\(vector.id ?? vector.hex)") }
    }

    @Test func `every dump can be drawn`() throws {
        for vector in try vectors(
            of: "iso28560-2",
            "iso28560-3",
            "none",
            "3m-rfid501",
            "bibliotheca-dm11",
            "french-fr01"
        ) {
            let lines = TagPage(explanation: try explain(vector).0, palette: Palette(isOn: false)).lines
            #expect(lines.first?.hasPrefix("model     ") == true)
            #expect(lines.count > 4)
        }
    }

    @Test func `what is explained of a dump is encoded and explained the same again`() throws {
        var sameBytes = 0
        var encoded = 0
        for vector in try vectors(of: "iso28560-2", "iso28560-3") {
            var bytes = try Hex.bytes(vector.hex)
            bytes += Array(repeating: 0, count: 256 - bytes.count)
            let before = TagExplanation(TagMemory(bytes: bytes))
            guard before.tag.isReliable, before.tag.model == vector.model else { continue }
            let order = try TagOrder(json: String(decoding: try JSON.encode(before), as: UTF8.self))
            let model = try #require(AllModels.inOrder.first { $0.name == vector.model })
            let blank = TagMemory(bytes: Array(repeating: 0, count: 256), blockCount: 64)
            // Owners without country and the like are refused, never bent.
            guard let encoding = try? TagEncoder(model: model, memory: blank, isNew: true).encode(order.content)
            else { continue }
            encoded += 1
            let after = TagExplanation(TagMemory(bytes: encoding.plan.result, dsfid: encoding.dsfid))
            #expect(after.tag.model == vector.model, "\(vector.id ?? vector.hex)")
            let contents = [before.tag, after.tag].map { tag in
                var content = TagContent(tag)
                content.setInformation = content.setInformation ?? .single
                content.typeOfUsage = content.typeOfUsage ?? .circulation
                return content
            }
            #expect(contents[0] == contents[1], "\(vector.id ?? vector.hex)")
            if encoding.plan.result == bytes { sameBytes += 1 }
        }
        #expect(encoded >= 25)
        #expect(sameBytes >= 10)
    }
}
