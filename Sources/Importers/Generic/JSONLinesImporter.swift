import Library

/// Reads one JSON object a line, by a site's map of paths or by names that speak for themselves.
///
/// **Source**: any system's interface, after a small script. **Columns**: as ``TableImporter``; in the map a column may
/// be a path with points (`status.name`). **Encoding**: UTF-8.
package struct JSONLinesImporter: HoldingsImporter {
    package static let profile = "jsonl"

    private let settings: ImportSettings
    private let paths: [(names: [String], field: ItemField)]
    private var framer = LineFramer()
    private var records = JSONRecordReader()

    /// The settings' map gives a path with points for a field, e.g. `status = "status.name"`.
    package init(settings: ImportSettings) {
        self.settings = settings
        paths = settings.columns.compactMap { name, path in ItemField(name: name).map { (JSONValue.names(path), $0) } }
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.jsonKeys?.contains { CommonColumns.names[ColumnName.plain($0)] == .barcode } == true
            ? "JSON objects with a barcode" : nil
    }

    package var columns: [ImportColumn] { records.columns(field) }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        framer.append(bytes)
        while let frame = framer.next() { try handOut(frame, row) }
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        if let frame = framer.end() { try handOut(frame, row) }
    }

    private mutating func handOut(_ frame: RecordFrame, _ row: (ImportRow) throws -> Void) throws {
        try records.row(frame, settings: settings, draft: draft, status: StatusWords.status(of:), row: row)
    }

    private func field(_ name: String) -> ItemField? {
        if let mapped = paths.first(where: { $0.names.joined(separator: ".") == name }) { return mapped.field }
        return CommonColumns.names[name] ?? CommonColumns.names[ColumnName.plain(name)]
    }

    private func draft(_ record: JSONValue) -> ItemDraft? {
        guard case .object(let members) = record else { return nil }
        var draft = ItemDraft()
        for (names, field) in paths { draft[field] = record.value(at: names)?.text }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let field = CommonColumns.names[name] ?? CommonColumns.names[ColumnName.plain(name)] else { continue }
            // `patron.barcode` is no barcode of an item; without a point no name has both meanings.
            if name.contains("."), PatronColumns.include(name) { continue }
            if draft[field] == nil { draft[field] = value.text }
        }
        return draft
    }
}
