/// What the beginning of an export shows of its format.
package struct FileHead: Hashable, Sendable {
    /// The family of formats, and what of its beginning tells one system's export from another's.
    package enum Kind: Hashable, Sendable {
        /// The first line as columns, and the separator between them.
        case table(columns: [String], delimiter: UInt8)
        /// The member names in the first part of the file.
        case json(keys: Set<String>)
        /// The field tags of the first records.
        case marc(tags: Set<String>)
        case unknown
    }

    /// Guessed from the first bytes alone; an importer may still find that it was wrong.
    package var kind: Kind

    /// Looks at the first bytes of a file, uncompressed; at most 64 KiB of them.
    package init(_ bytes: ArraySlice<UInt8>) {
        let head = bytes.prefix(1 << 16).drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        switch head.first {
        case nil: kind = .unknown
        case 0x3C: kind = Self.xml(head)
        case 0x7B, 0x5B: kind = .json(keys: Self.keys(head))
        default: kind = Self.iso2709(head) ?? Self.table(head)
        }
    }

    /// The columns of a table by their plain names.
    var tableColumns: Set<String>? {
        guard case .table(let columns, _) = kind else { return nil }
        return Set(columns.map(ColumnName.plain))
    }

    var jsonKeys: Set<String>? {
        guard case .json(let keys) = kind else { return nil }
        return keys
    }

    var marcTags: Set<String>? {
        guard case .marc(let tags) = kind else { return nil }
        return tags
    }

    private static func table(_ head: ArraySlice<UInt8>) -> Kind {
        guard !head.contains(0) else { return .unknown }
        let firstLine = head.prefix { $0 != 0x0A && $0 != 0x0D }
        var header = firstLine
        if Delimiter.isNamed(in: firstLine) {
            let rest = head.dropFirst(firstLine.count).drop { $0 == 0x0A || $0 == 0x0D }
            header = rest.prefix { $0 != 0x0A && $0 != 0x0D }
        }
        var parser = DelimitedParser(delimiter: Delimiter.guess(firstLine: firstLine))
        parser.append(header)
        parser.end()
        guard case .row = parser.next() else { return .unknown }
        let columns = (0..<parser.fieldCount).map { String(decoding: parser.field($0), as: UTF8.self) }
        return .table(columns: columns, delimiter: parser.delimiter)
    }

    /// The tags in the directories of whole and cut records; `nil` when there is no leader.
    private static func iso2709(_ head: ArraySlice<UInt8>) -> Kind? {
        guard head.count > 36, head.prefix(5).allSatisfy({ $0 &- 0x30 < 10 }),
            head.dropFirst(20).starts(with: [0x34, 0x35])
        else { return nil }
        var tags: Set<String> = []
        for record in head.split(separator: ISO2709Framer.recordEnd) {
            let directory = Array(record.dropFirst(24).prefix { $0 != 0x1E })
            for start in stride(from: 0, to: directory.count - 11, by: 12) {
                tags.insert(String(decoding: directory[start..<start + 3], as: UTF8.self))
            }
        }
        return .marc(tags: tags)
    }

    /// The values of `tag="…"` attributes.
    private static func xml(_ head: ArraySlice<UInt8>) -> Kind {
        let marker = Array("tag=".utf8)
        var tags: Set<String> = []
        for start in head.indices where head[start] == marker[0] && head[start...].starts(with: marker) {
            let value = head[(start + marker.count)...].dropFirst().prefix(3)
            if value.count == 3 { tags.insert(String(decoding: value, as: UTF8.self)) }
        }
        return tags.isEmpty ? .unknown : .marc(tags: tags)
    }

    /// Strings that are followed by a colon.
    private static func keys(_ head: ArraySlice<UInt8>) -> Set<String> {
        var keys: Set<String> = []
        var pieces = head.split(separator: 0x22, omittingEmptySubsequences: false)[...]
        while let piece = pieces.popFirst() {
            guard let next = pieces.first?.first(where: { $0 > 0x20 }), next == 0x3A, piece.count <= 64 else {
                continue
            }
            keys.insert(String(decoding: piece, as: UTF8.self))
        }
        return keys
    }
}

extension Set<String> {
    /// Whether a table's columns hold a barcode and two or more that tell a system, and which ones.
    func says(_ system: String, barcodes: Set<String>, telling: [String]) -> String? {
        let found = telling.filter { contains($0) }
        guard !isDisjoint(with: barcodes), found.count >= 2 else { return nil }
        return "columns \(found.prefix(4).joined(separator: ", ")) of \(system)"
    }
}

extension String {
    /// Digits only, such as an item number.
    var isNumber: Bool { !isEmpty && utf8.allSatisfy { $0 &- 0x30 < 10 } }
}
