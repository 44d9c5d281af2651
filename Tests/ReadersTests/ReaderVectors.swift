import Foundation

/// The collected frames of many readers, where they are at hand; the tests that need them are skipped elsewhere.
enum ReaderVectors {
    struct Frame: Codable, Sendable {
        var `protocol`: String
        var direction: String
        var hex: String
        var meaning: String
        var source: String
    }

    /// Next to the repository, or where PRESSMARK_VECTORS says.
    private static let file: URL = {
        if let folder = ProcessInfo.processInfo.environment["PRESSMARK_VECTORS"] {
            return URL(filePath: folder).appending(path: "reader-frames.json")
        }
        return URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/vectors/reader-frames.json").standardized
    }()

    static let frames: [Frame] = {
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([Frame].self, from: data)) ?? []
    }()

    static func of(_ name: String) -> [Frame] {
        frames.filter { $0.protocol == name }
    }

    static func starting(_ name: String) -> [Frame] {
        frames.filter { $0.protocol.hasPrefix(name) }
    }

    static var areHere: Bool { !frames.isEmpty }
}
