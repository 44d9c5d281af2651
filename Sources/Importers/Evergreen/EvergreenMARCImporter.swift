import Library

/// Reads bibliographic records exported from Evergreen with their items in field 852.
///
/// **Source**: `marc_export --items`. **Encoding**: MARC 21 or MARCXML.
/// **Oddities**: `$b` stands twice, first the owning and then the circulating library; with one `$b` both are the same.
/// `$x` repeats for flags such as `nonreference`, `unholdable`, `noncirculating`. The first indicator 4 says only that
/// the number is a shelving control number, so the scheme is the site's default.
package struct EvergreenMARCImporter: HoldingsImporter {
    package static let profile = "evergreen-marc"

    private var items: MARCItems

    /// The settings' map may name another item field (`item = "949"`) and other subfields (`barcode = "i"`).
    package init(settings: ImportSettings) {
        items = MARCItems(map: Self.map, settings: settings)
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.marcTags?.contains("852") == true ? "MARC with items in field 852" : nil
    }

    package var columns: [ImportColumn] { items.columns }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try items.read(bytes, row: row)
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        try items.finish(row: row)
    }

    private static let map = MARCItems.Map(
        tag: "852",
        subfields: [
            "c": .location, "k": .callNumberPrefix, "j": .callNumber, "m": .callNumberSuffix, "g": .itemType,
            "p": .barcode, "s": .status, "t": .copyNumber,
        ],
        prepare: { draft, field in
            let libraries = field.values("b")
            draft[.homeBranch] = libraries.first
            draft[.holdingBranch] = libraries.dropFirst().first ?? libraries.first
            if let own = CallNumberScheme(sourceWord: "852-\(field.indicators.prefix(1))"), own != .local {
                draft[.scheme] = "852-\(field.indicators.prefix(1))"
            }
            if field.values("x").contains("noncirculating") { draft[.notForLoan] = "noncirculating" }
        },
        status: StatusWords.status(of:)
    )
}
