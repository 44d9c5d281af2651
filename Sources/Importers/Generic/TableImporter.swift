import Library

/// Reads any table with a header line: CSV, TSV or pipes, by a site's column map or by names that speak for themselves.
///
/// **Source**: any system's list, a spreadsheet saved as CSV, a tab-delimited export of a MARC editor.
/// **Columns**: ``CommonColumns`` and the settings' map, which comes first. **Encoding**: UTF-8 or Windows-1252.
package struct TableImporter: HoldingsImporter {
    package static let profile = "csv"

    private let settings: ImportSettings
    private var table: TableReader

    /// The settings' map gives the name of a column for a field, e.g. `barcode = "Exemplar"`.
    package init(settings: ImportSettings) {
        self.settings = settings
        table = TableReader(columns: .named(CommonColumns.names.adding(settings.columns)))
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.tableColumns?.contains { CommonColumns.names[ColumnName.plain($0)] == .barcode } == true
            ? "a table with a barcode column" : nil
    }

    package var columns: [ImportColumn] { table.understood }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try table.append(bytes)
        try handOut(row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        try table.end()
        try handOut(row)
    }

    private mutating func handOut(_ row: (ImportRow) throws -> Void) throws {
        try table.rows(settings: settings, status: StatusWords.status(of:), row: row)
    }
}
