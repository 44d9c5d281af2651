import Library

/// Reads bibliographic records exported from SirsiDynix Symphony with their items in field 999.
///
/// **Source**: Symphony's catalogue dump with holdings. **Encoding**: MARC 21 or MARCXML.
/// **Oddities**: status is a place: `$k` current location CHECKEDOUT or MISSING, see ``SymphonyStatus``; `$l` is the
/// home location.
package struct SymphonyMARCImporter: HoldingsImporter {
    package static let profile = "symphony-marc"

    private var items: MARCItems

    /// The settings' map may name another item field (`item = "949"`) and other subfields (`barcode = "x"`).
    package init(settings: ImportSettings) {
        items = MARCItems(map: Self.map, settings: settings)
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.marcTags?.contains("999") == true ? "MARC with items in field 999" : nil
    }

    package var columns: [ImportColumn] { items.columns }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try items.read(bytes, row: row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        try items.finish(row: row)
    }

    private static let map = MARCItems.Map(
        tag: "999",
        subfields: [
            "a": .callNumber, "w": .scheme, "c": .copyNumber, "i": .barcode, "k": .location, "l": .permanentLocation,
            "m": .homeBranch, "t": .itemType, "v": .enumeration, "d": .lastSeen,
        ],
        prepare: { draft, _ in
            SymphonyStatus.place(draft[.location], home: draft[.permanentLocation], in: &draft)
        },
        status: SymphonyStatus.status
    )
}
