import Foundation
import Tags
import Testing
import Wire

/// The test vectors kept beside the repository; tests that need them are skipped where they are absent.
enum SharedVectors {
    /// `PRESSMARK_VECTORS`, else `../shared/vectors` beside the repository.
    static var folder: URL {
        if let path = ProcessInfo.processInfo.environment["PRESSMARK_VECTORS"] { return URL(filePath: path) }
        let root = URL(filePath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        return URL(filePath: String(root)).appending(path: "../shared/vectors").standardized
    }

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "tag-data-models.json").path)
    }

    static let absence: Comment = "set PRESSMARK_VECTORS to the folder with tag-data-models.json"

    static func models(_ names: String...) throws -> [ModelVector] {
        let data = try Data(contentsOf: folder.appending(path: "tag-data-models.json"))
        let all = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        return all.compactMap(ModelVector.init).filter { names.contains($0.model) }
    }
}

/// One entry of `tag-data-models.json`.
struct ModelVector {
    let id: String
    let model: String
    /// Whether the bytes shall also come out of the encoder.
    let encodes: Bool
    let bytes: [UInt8]
    let dsfid: UInt8?
    let afi: UInt8?
    let blockSize: Int
    let fields: [String: Any]

    init?(_ entry: [String: Any]) {
        guard let model = entry["model"] as? String, let hex = entry["hex"] as? String,
            let bytes = try? Hex.bytes(hex), let fields = entry["fields"] as? [String: Any]
        else { return nil }
        self.model = model
        self.bytes = bytes
        self.fields = fields
        id = entry["id"] as? String ?? hex
        encodes = entry["direction"] as? String != "decode"
        dsfid = (entry["dsfid"] as? String).flatMap { UInt8($0, radix: 16) }
        afi = (entry["afi"] as? String).flatMap { UInt8($0, radix: 16) }
        blockSize = entry["block_size"] as? Int ?? 4
    }

    var memory: TagMemory { TagMemory(bytes: bytes, blockSize: blockSize, dsfid: dsfid, afi: afi) }

    func text(_ field: String) -> String? { fields[field] as? String }
    func number(_ field: String) -> Int? { fields[field] as? Int }
}
