import Library

/// Reads one JSON object a line, or an array of them, by a site's map of paths or by names that speak for themselves.
///
/// **Source**: any system's interface, after a small script or without. **Columns**: as ``TableImporter``; in the map a
/// column may be a path with points (`status.name`). **Encoding**: UTF-8, with or without byte order mark.
package struct JSONLinesImporter: HoldingsImporter {
    package static let profile = "jsonl"

    private let settings: ImportSettings
    private let paths: [(names: [String], field: ItemField)]
    private var lines = LineFramer()
    private var array = JSONFramer(containers: [])
    /// By the first letter of the file; `nil` before it has come.
    private var isArray: Bool?
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
        append(bytes)
        while let frame = isArray == true ? array.next() : lines.next() { try handOut(frame, row) }
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        if let frame = isArray == true ? array.end() : lines.end() { try handOut(frame, row) }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if isArray == nil {
            // A byte order mark is none of the file's text; empty lines before it count as lines.
            let first = bytes.firstIndex { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) } ?? bytes.endIndex
            let space = bytes[..<first].filter { $0 <= 0x20 }
            lines.append(space[...])
            array.append(space[...])
            // Space is no record: this counts its lines and lets go of it, so that endless space fills no memory.
            _ = array.next()
            rest = bytes[first...]
            isArray = rest.first.map { $0 == 0x5B }
        }
        guard let isArray else { return }
        if isArray { array.append(rest) } else { lines.append(rest) }
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
