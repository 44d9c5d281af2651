import Library

/// Reads the pipe-separated output of Symphony's `selitem` and `selcallnum` tools.
///
/// **Source**: `selitem -oB…`; the caller's flags decide the columns and there is no header line, so the settings must
/// say in which column, counted from 1, each field stands (`barcode = "3"`). Lines end in a pipe.
/// **Oddities**: the status is the current location, see ``SymphonyStatus``; map it as `location`, the home location as
/// `permanent-location`.
package struct SymphonyPipesImporter: HoldingsImporter {
    package static let profile = "symphony-selitem"

    private let settings: ImportSettings
    private let hasBarcode: Bool
    private var table: TableReader

    /// The settings' map must give the column of each field, 1 to 500; without one of the barcode reading throws
    /// ``ImportError/noColumnMap(wanted:)``.
    package init(settings: ImportSettings) {
        self.settings = settings
        var fields: [ItemField?] = []
        for (name, place) in settings.columns {
            guard let field = ItemField(name: name), let place = Int(place), (1...500).contains(place) else { continue }
            while fields.count < place { fields.append(nil) }
            fields[place - 1] = field
        }
        hasBarcode = fields.contains(.barcode)
        table = TableReader(columns: .placed(fields), delimiter: 0x7C)
    }

    package static func recognises(_ head: FileHead) -> String? {
        guard case .table(let columns, 0x7C) = head.kind, columns.last?.isEmpty == true,
            columns.contains(where: \.isNumber)
        else { return nil }
        return "pipes to the end of the line and no column names, as selitem writes them"
    }

    package var columns: [ImportColumn] { table.understood }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        guard hasBarcode else { throw ImportError.noColumnMap(wanted: "the place of the barcode: barcode = \"1\"") }
        try table.append(bytes)
        try handOut(row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        guard hasBarcode else { throw ImportError.noColumnMap(wanted: "the place of the barcode: barcode = \"1\"") }
        try table.end()
        try handOut(row)
    }

    private mutating func handOut(_ row: (ImportRow) throws -> Void) throws {
        try table.rows(
            settings: settings,
            prepare: { SymphonyStatus.place($0[.location], home: $0[.permanentLocation], in: &$0) },
            status: SymphonyStatus.status,
            row: row
        )
    }
}
