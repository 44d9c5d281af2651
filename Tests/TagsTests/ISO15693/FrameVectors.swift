import Foundation
import Tags
import Wire

/// The shared frames of `iso15693-frames.json`, read where they stand; empty when they are not there.
struct FrameVector: Sendable, CustomStringConvertible {
    let id: String
    let isRequest: Bool
    let bytes: [UInt8]
    /// `nil` when the frame is given without check bytes.
    let checksumHolds: Bool?
    /// The request a response belongs to.
    let answers: String?
    let decoded: [String: FieldValue]

    var description: String { id }

    static let all: [FrameVector] = load()
    static let areThere = !all.isEmpty

    static func named(_ id: String) -> FrameVector? { all.first { $0.id == id } }

    func number(_ key: String) -> Int? {
        if case .number(let value) = decoded[key] { value } else { nil }
    }

    func text(_ key: String) -> String? {
        if case .text(let value) = decoded[key] { value } else { nil }
    }

    func real(_ key: String) -> Double? {
        switch decoded[key] {
        case .real(let value): value
        case .number(let value): Double(value)
        default: nil
        }
    }

    private static func load() -> [FrameVector] {
        let folder =
            ProcessInfo.processInfo.environment["PRESSMARK_VECTORS"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).appending(path: "../../../../../shared/vectors").standardized
        guard let data = try? Data(contentsOf: folder.appending(path: "iso15693-frames.json")),
            let entries = try? JSONDecoder().decode([Entry].self, from: data)
        else { return [] }
        return entries.compactMap { entry in
            guard let bytes = try? Hex.bytes(entry.hex) else { return nil }
            return FrameVector(
                id: entry.id,
                isRequest: entry.direction == "request",
                bytes: bytes,
                checksumHolds: entry.withChecksum ? entry.checksumHolds : nil,
                answers: entry.answers,
                decoded: entry.decoded
            )
        }
    }

    private struct Entry: Decodable {
        var id: String
        var direction: String
        var hex: String
        var withChecksum: Bool
        var checksumHolds: Bool?
        var answers: String?
        var decoded: [String: FieldValue]

        enum CodingKeys: String, CodingKey {
            case id, direction, hex, answers, decoded
            case withChecksum = "with_crc"
            case checksumHolds = "crc_ok"
        }
    }
}

enum FieldValue: Decodable, Sendable, Hashable {
    case number(Int)
    case real(Double)
    case text(String)
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let real = try? container.decode(Double.self) {
            self = .real(real)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .other
        }
    }
}
