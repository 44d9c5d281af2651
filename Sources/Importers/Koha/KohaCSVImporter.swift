import Library

/// Reads an item report of the Koha library system, exported as CSV.
///
/// **Source**: a saved SQL report on `items`, or any table with Koha's column names, in any order.
/// **Separator**: comma, semicolon, tab or pipe, by the first line. **Encoding**: UTF-8 with or without byte order
/// mark.
/// **Columns**: ``KohaColumns``; `barcode` must be there. Unknown columns are skipped, patron columns dropped.
/// **Oddities**: `onloan` holds the due date; several status columns may be set at once, see ``KohaStatus``.
package struct KohaCSVImporter: HoldingsImporter {
    package static let profile = "koha"

    private let settings: ImportSettings
    private var table: TableReader

    /// The settings' map comes first, for reports whose columns have names of their own.
    package init(settings: ImportSettings) {
        self.settings = settings
        table = TableReader(columns: .named(KohaColumns.names.adding(settings.columns)))
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.tableColumns?.says(
            "Koha",
            barcodes: ["barcode"],
            telling: [
                "itemcallnumber", "homebranch", "holdingbranch", "cn_sort", "cn_source", "ccode", "itype", "itemnumber",
                "biblionumber",
            ]
        )
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
        try table.rows(settings: settings, status: KohaStatus.status, row: row)
    }
}
