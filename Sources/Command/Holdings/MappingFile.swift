import Foundation
import NIOCore

/// A site's names of columns: one line for each field, `call-number = "Shelf mark"`; `#` begins a remark.
struct MappingFile: Equatable {
    /// The fields a mapping may name, as the importers call them; `item` is the item field of MARC records.
    static let fields = """
        barcode, other-barcodes, item-id, record-id, title, call-number, call-number-prefix, call-number-suffix, \
        scheme, sort-key, enumeration, copy, home-branch, holding-branch, location, permanent-location, collection, \
        item-type, owner, parts, last-seen, status, on-loan, lost, withdrawn, damaged, not-for-loan, transit, hold, \
        claimed-returned, item
        """

    private static let names = Set(fields.split(separator: ", ").map(String.init))
    private static let longest = 64 << 10
    private static let help = "such as call-number = \"Shelf mark\"; pressmark holdings import --help lists the fields"

    private(set) var columns: [String: String] = [:]

    init(path: String) async throws {
        let pieces = try FilePieces(path: path)
        try self.init(text: await pieces.text(upTo: Self.longest), name: pieces.name)
    }

    init(text: String, name: String) throws(Complaint) {
        // The line end of Windows is one character to Swift, and not the one of elsewhere.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            let place = "\(name), line \(index + 1)"
            guard parts.count == 2 else {
                throw Complaint(
                    "\(place): found '\(line)', wanted field = \"column\"",
                    hint: Self.help,
                    isUsage: true
                )
            }
            guard Self.names.contains(parts[0]) else {
                throw Complaint("\(place): found field '\(parts[0])', wanted one of \(Self.fields)", isUsage: true)
            }
            let column = Self.unquoted(parts[1])
            guard !column.isEmpty else {
                throw Complaint("\(place): found nothing for \(parts[0]), wanted a column in quotes", isUsage: true)
            }
            columns[parts[0]] = column
        }
        guard !columns.isEmpty else {
            throw Complaint("\(name): found no line of the form field = \"column\"", hint: Self.help, isUsage: true)
        }
    }

    /// As the import is asked for it.
    var query: [String: String?] {
        Dictionary(uniqueKeysWithValues: columns.map { ("column.\($0.key)", $0.value) })
    }

    private static func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\""), let end = text.dropFirst().firstIndex(of: "\"") else { return text }
        return String(text[text.index(after: text.startIndex)..<end])
    }
}
