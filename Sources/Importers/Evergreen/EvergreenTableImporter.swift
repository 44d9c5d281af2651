import Library

/// Reads the output of Evergreen's reporter, saved as CSV.
///
/// **Source**: a report on items; its author picks the columns, so their names vary. Known are those of the reporter's
/// own field labels and of the tables `asset.copy` and `asset.call_number`; a site's map adds others.
/// **Oddities**: prefix, label and suffix of a call number are three columns; `label_class` is 1 generic, 2 Dewey, 3
/// LC. Out of the database itself statuses come as numbers, see ``EvergreenStatus``.
package struct EvergreenTableImporter: HoldingsImporter {
    package static let profile = "evergreen-csv"

    private let settings: ImportSettings
    private var table: TableReader

    static let names: [String: ItemField] = CommonColumns.names.merging([
        "label": .callNumber, "call_number_label": .callNumber, "call_number/volume": .callNumber,
        "label_sortkey": .systemSortKey, "label_class": .scheme, "classification_scheme": .scheme,
        "prefix": .callNumberPrefix, "call_number_prefix": .callNumberPrefix,
        "suffix": .callNumberSuffix, "call_number_suffix": .callNumberSuffix,
        "owning_lib": .homeBranch, "owning_library": .homeBranch,
        "circ_lib": .holdingBranch, "circulating_library": .holdingBranch, "circulation_library": .holdingBranch,
        "shelving_location": .location, "copy_location": .location, "circ_modifier": .itemType,
        "circulation_modifier": .itemType, "copy_status": .status, "item_status": .status,
        "copy_id": .itemIdentifier, "tcn": .recordIdentifier, "record_id": .recordIdentifier,
        "inventory_date": .lastSeen, "part": .enumeration, "part_label": .enumeration,
    ]) { _, own in own }

    /// The settings' map comes first, for reports whose columns have names of their own.
    package init(settings: ImportSettings) {
        self.settings = settings
        table = TableReader(columns: .named(Self.names.adding(settings.columns)))
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.tableColumns?.says(
            "Evergreen",
            barcodes: ["barcode", "copy_barcode"],
            telling: [
                "circ_lib", "owning_lib", "circ_modifier", "label_sortkey", "label_class", "copy_status",
                "copy_location",
                "call_number_label", "circulating_library", "owning_library",
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
        try table.rows(
            settings: settings,
            prepare: { draft in
                // In asset.call_number itself both are numbers of other tables, and -1 is the one that says nothing.
                for field in [ItemField.callNumberPrefix, .callNumberSuffix] where draft[field] == "-1" {
                    draft[field] = nil
                }
            },
            status: EvergreenStatus.status(of:),
            row: row
        )
    }
}
