import Foundation
import Testing

/// The shared call-number lists, read where they stand; tests that need them are skipped without them.
struct CallNumberList: Decodable, Sendable, CustomTestStringConvertible {
    var list: [String]?
    var equal: [String]?
    var invalid: [String]?
    var source: String
    var strict: Bool?
    var scheme: String?

    var testDescription: String { "\(source): \((list ?? equal ?? invalid ?? []).first ?? "")" }

    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["PRESSMARK_VECTORS"] { return URL(filePath: path) }
        return URL(filePath: #filePath).appending(path: "../../../../../shared/vectors").standardized
    }()

    static let areThere = FileManager.default.fileExists(atPath: folder.appending(path: "callnumbers-lcc.json").path)

    static func read(_ name: String) -> [CallNumberList] {
        guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return [] }
        return (try? JSONDecoder().decode([CallNumberList].self, from: data)) ?? []
    }

    static let lcc = read("callnumbers-lcc.json")
    static let ddc = read("callnumbers-ddc.json")
    static let other = read("callnumbers-other.json")
}
