/// Why a file as a whole cannot be imported. Single bad rows are ``RejectedRow`` values instead.
package enum ImportError: Error, Hashable, Sendable {
    /// No column holds the barcode: the columns found, and the names by which it would be known.
    case noBarcodeColumn(found: [String], wanted: [String])
    /// The file is not text in UTF-8 or a Latin code page, such as UTF-16 or a spreadsheet.
    case notText(found: String)
    /// The input ended before its first row.
    case empty(wanted: String)
    /// The file is of another kind than this profile reads.
    case notThisFormat(found: String, wanted: String)
    /// The profile needs settings that are not there.
    case noColumnMap(wanted: String)
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noBarcodeColumn(let found, let wanted):
            """
            no barcode column: found \(Self.listed(found, limit: 30)), wanted one of \(Self.listed(wanted, limit: 6))
            """
        case .notText(let found): "the file is not plain text: found \(found), wanted UTF-8"
        case .empty(let wanted): "the file is empty, wanted \(wanted)"
        case .notThisFormat(let found, let wanted): "found \(found), wanted \(wanted)"
        case .noColumnMap(let wanted): "no column map, wanted \(wanted)"
        }
    }

    /// What a person can do about it.
    package var hint: String {
        switch self {
        case .noBarcodeColumn:
            "add the barcode to the report, or name its column with a column map (barcode = \"…\")"
        case .notText: "export again as CSV in UTF-8; in a spreadsheet: save as, CSV UTF-8"
        case .empty: "check the report in the library system, it found no items"
        case .notThisFormat: "name another profile, or leave it out to have it guessed"
        case .noColumnMap: "add a column map to the configuration: one line for each field, field = \"column\""
        }
    }

    private static func listed(_ names: [String], limit: Int) -> String {
        let shown = names.prefix(limit).map { String($0.prefix(40)) }.joined(separator: ", ")
        return names.count > limit ? shown + " and \(names.count - limit) more" : shown
    }
}
