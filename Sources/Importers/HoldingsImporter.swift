package import Library

/// Reads one library system's export and turns it into items, as a stream.
///
/// Bytes are pushed in as they come, in any portions; each row comes out as an item or as a rejection with its line
/// and cause. One bad row never stops an import. Memory stays bounded whatever the input.
package protocol HoldingsImporter: Sendable {
    /// The name used on the command line: `koha`.
    static var profile: String { get }

    /// By what the beginning of a file shows that it is of this profile; `nil` when it is not.
    static func recognises(_ head: FileHead) -> String?

    init(settings: ImportSettings)

    /// What the columns seen so far were taken for, in the order of the file; for people to check.
    var columns: [ImportColumn] { get }

    /// Takes the next bytes and hands every row that they complete to `row`.
    mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws

    /// Says that the input has ended: the last row comes out, an unfinished one is rejected.
    mutating func finish(row: (ImportRow) throws -> Void) throws
}

/// One row of an export, understood or not.
package enum ImportRow: Hashable, Sendable {
    case item(Item, line: Int)
    case rejected(RejectedRow)
    /// Something a person should know about the file as a whole, such as a patron column that was dropped.
    case notice(String)
}

/// What one column, member or subfield of an export was taken for.
package struct ImportColumn: Hashable, Sendable {
    /// What is done with the column's values.
    package enum Meaning: Hashable, Sendable {
        case field(ItemField)
        /// Nothing that we know; not imported.
        case unknown
        /// May name a patron: dropped.
        case patron
    }

    /// As the export calls it: `itemcallnumber`, `952$o`, `status.name`.
    package var name: String
    /// As it was taken, by the importer's own names and the site's map.
    package var meaning: Meaning

    package init(name: String, meaning: Meaning) {
        self.name = name
        self.meaning = meaning
    }
}

/// A row that could not become an item.
package struct RejectedRow: Hashable, Sendable {
    /// Where the row starts, counted from 1.
    package var line: Int
    /// Lower case, no period: what was found and what was wanted.
    package var cause: String
    /// The row as it stood in the file, cut at 500 characters; a row that may name a patron is not kept.
    package var text: String

    package init(line: Int, cause: String, text: String) {
        self.line = line
        self.cause = cause
        self.text = text
    }
}

/// What a site says about its exports.
package struct ImportSettings: Hashable, Sendable {
    /// How call numbers are filed when the export does not say.
    package var defaultScheme: CallNumberScheme
    /// Column names of the export by our field names, for mapped formats.
    package var columns: [String: String]
    /// What a barcode must look like; a row that breaks the rules is rejected.
    package var barcodes: BarcodeRules
    /// Whether these are changes to what a whole pull has brought: places have to be called what they are called there.
    package var isUpdate = false

    package init(
        defaultScheme: CallNumberScheme = .lcc,
        columns: [String: String] = [:],
        barcodes: BarcodeRules = .none
    ) {
        self.defaultScheme = defaultScheme
        self.columns = columns
        self.barcodes = barcodes
    }
}
