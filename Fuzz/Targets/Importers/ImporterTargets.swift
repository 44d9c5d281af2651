import Importers
import Library

/// Exports of library systems, as they come out of each profile.
enum ImporterTargets {
    static let list =
        [
            FuzzTarget("import-guess", .importers, longest: 512) { input in
                _ = AllImporters.guess(firstBytes: input[...])
            }
        ] + AllImporters.list.map(importing)

    /// Rows do not depend on how the bytes are portioned, and there are no more of them than bytes. What stops a whole
    /// import is looked for in the first portion, so it may be seen later or not at all when that is tiny.
    private static func importing(_ importer: any HoldingsImporter.Type) -> FuzzTarget {
        FuzzTarget("import-\(importer.profile)", .importers, longest: 512) { input in
            let whole = rows(importer, input, portion: max(1, input.count))
            let parts = rows(importer, input, portion: input.portionSize)
            promise(
                whole.rows == parts.rows || whole.stopped || parts.stopped,
                "\(importer.profile): \(whole.rows), in portions of \(input.portionSize) \(parts.rows)"
            )
            promise(whole.rows.count <= input.count + 4, "\(importer.profile): \(whole.rows.count) rows")
        }
    }

    /// A file without names needs to be told what stands where: without that nothing of it is read.
    private static func settings(of importer: any HoldingsImporter.Type) -> ImportSettings {
        guard importer == SymphonyPipesImporter.self else { return ImportSettings() }
        return ImportSettings(columns: [
            "call-number": "1", "copy": "2", "barcode": "3", "location": "4", "permanent-location": "5",
        ])
    }

    /// The rows in words, and whether an error stopped the import.
    private static func rows(
        _ importer: any HoldingsImporter.Type,
        _ input: [UInt8],
        portion: Int
    ) -> (rows: [String], stopped: Bool) {
        var importer = importer.init(settings: settings(of: importer))
        var rows: [String] = []
        func take(_ row: ImportRow) {
            switch row {
            case .item(let item, let line): rows.append("\(line) \(item.barcode)")
            case .rejected(let row): rows.append("\(row.line) \(row.cause)")
            case .notice(let text): rows.append(text)
            }
        }
        do {
            for start in stride(from: 0, to: input.count, by: portion) {
                try importer.read(input[start..<min(start + portion, input.count)], row: take)
            }
            try importer.finish(row: take)
        } catch {
            return (rows, true)
        }
        return (rows, false)
    }
}
