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
}
