import Library

/// Reads MARC records with items in any field, by a site's map: `item = "989"`, `barcode = "b"`, `status = "g"`.
///
/// **Source**: any system that can export records with its items (Sierra, Polaris and others). **Encoding**: MARC 21
/// (UTF-8 or MARC-8) or MARCXML. Without a map items are looked for in 952 with the barcode in `$p` and the number in
/// `$o`.
package struct MARCImporter: HoldingsImporter {
    package static let profile = "marc"

    private var items: MARCItems

    /// The settings' map names the item field (`item = "989"`) and the letter of each subfield (`barcode = "b"`).
    package init(settings: ImportSettings) {
        items = MARCItems(map: Self.map, settings: settings)
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.marcTags == nil ? nil : "MARC; its item field needs a map"
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
        subfields: ["p": .barcode, "o": .callNumber],
        status: StatusWords.status(of:)
    )
}
