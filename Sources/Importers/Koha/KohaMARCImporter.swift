import Library

/// Reads bibliographic records exported from Koha with their items in field 952, one field an item.
///
/// **Source**: Koha's record export with items. **Encoding**: MARC 21 (UTF-8 or MARC-8) or MARCXML.
/// **Subfields**: Koha's framework for 952; dates are YYYY-MM-DD. **Oddities**: `$q` is the due date.
package struct KohaMARCImporter: HoldingsImporter {
    package static let profile = "koha-marc"

    private var items: MARCItems

    /// The settings' map may name another item field (`item = "949"`) and other subfields (`barcode = "i"`).
    package init(settings: ImportSettings) {
        items = MARCItems(map: Self.map, settings: settings)
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.marcTags?.contains("952") == true ? "MARC with items in field 952" : nil
    }

    package var columns: [ImportColumn] { items.columns }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try items.read(bytes, row: row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        try items.finish(row: row)
    }

    private static let map = MARCItems.Map(
        tag: "952",
        subfields: [
            "0": .withdrawn, "1": .lost, "2": .scheme, "3": .parts, "4": .damaged, "6": .systemSortKey,
            "7": .notForLoan, "8": .collection, "9": .itemIdentifier, "a": .homeBranch, "b": .holdingBranch,
            "c": .location, "h": .enumeration, "o": .callNumber, "p": .barcode, "q": .onLoan, "r": .lastSeen,
            "t": .copyNumber, "y": .itemType,
        ],
        status: KohaStatus.status
    )
}
