import Library

/// Reads UNIMARC records exported from Koha with their items in field 995.
///
/// **Source**: Koha of UNIMARC sites (France, Italy, Portugal). **Encoding**: ISO 2709 or MARCXML, UTF-8.
/// **Subfields**: those of the French recommendation 995; `$o` is the loan category and read as not for loan where it
/// is a number other than 0. **Oddities**: the title stands in 200 `$a` and `$e`.
package struct KohaUNIMARCImporter: HoldingsImporter {
    package static let profile = "koha-unimarc"

    private var items: MARCItems

    /// The settings' map may name another item field (`item = "996"`) and other subfields (`barcode = "i"`).
    package init(settings: ImportSettings) {
        items = MARCItems(map: Self.map, settings: settings)
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.marcTags?.isSuperset(of: ["995", "200"]) == true ? "UNIMARC with items in field 995" : nil
    }

    package var columns: [ImportColumn] { items.columns }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try items.read(bytes, row: row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        try items.finish(row: row)
    }

    private static let map = MARCItems.Map(
        tag: "995",
        subfields: [
            "2": .lost, "9": .itemIdentifier, "b": .homeBranch, "c": .holdingBranch, "e": .location, "f": .barcode,
            "h": .collection, "k": .callNumber, "n": .onLoan, "o": .notForLoan, "r": .itemType, "v": .enumeration,
        ],
        titleTag: "200",
        titleRest: ("e", " : "),
        prepare: { draft, _ in
            if let value = draft[.notForLoan], Int(value) == nil { draft[.notForLoan] = nil }
        },
        status: KohaStatus.status
    )
}
