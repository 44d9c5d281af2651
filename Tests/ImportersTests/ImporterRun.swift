import Importers
import Library

/// Everything an importer says about one input, fed in portions of a given size.
struct ImporterRun: Hashable, Sendable {
    var items: [Item] = []
    var lines: [Int] = []
    var rejected: [RejectedRow] = []
    var notices: [String] = []

    init(
        _ importer: any HoldingsImporter.Type,
        _ bytes: [UInt8],
        settings: ImportSettings = ImportSettings(),
        portion: Int = 1 << 16
    ) throws {
        var importer = importer.init(settings: settings)
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + portion)
            try importer.read(bytes[start..<end]) { take($0) }
            start = end
        }
        try importer.finish { take($0) }
    }

    init(
        _ importer: any HoldingsImporter.Type,
        _ text: String,
        settings: ImportSettings = ImportSettings(),
        portion: Int = 1 << 16
    ) throws {
        try self.init(importer, Array(text.utf8), settings: settings, portion: portion)
    }

    private mutating func take(_ row: ImportRow) {
        switch row {
        case .item(let item, let line):
            items.append(item)
            lines.append(line)
        case .rejected(let row): rejected.append(row)
        case .notice(let text): notices.append(text)
        }
    }
}
