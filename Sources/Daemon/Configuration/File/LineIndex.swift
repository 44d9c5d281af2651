import Wire

/// Finds the line on which a table or key of a TOML text stands, since the parser does not tell it for values.
///
/// Understands the forms configuration files use: `[table]`, `[[table]]` and `key = value`, one a line.
struct LineIndex: Sendable {
    private var lines: [String: Int] = [:]

    init(_ text: String) {
        var table = ""
        var counts: [String: Int] = [:]
        let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
        for (number, raw) in written.enumerated() {
            // A byte order mark may stand before the first line, as Windows writes it.
            let line = raw.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
            if line.hasPrefix("[[") {
                let name = Self.name(line.dropFirst(2))
                table = "\(name)[\(counts[name, default: 0])]"
                counts[name, default: 0] += 1
                lines[table] = number + 1
            } else if line.hasPrefix("[") {
                table = Self.name(line.dropFirst())
                lines[table] = number + 1
            } else if let equals = line.firstIndex(of: "="), !line.hasPrefix("#") {
                let key = line[..<equals].filter { !" \t\"'".contains($0) }
                lines[table.isEmpty ? key : "\(table).\(key)"] = number + 1
            }
        }
    }

    /// The line of `path` (`http.port`, `reader[1].role`), of its table when the key is not there, or 1.
    func line(of path: String) -> Int {
        if let line = lines[path] { return line }
        guard let dot = path.lastIndex(of: ".") else { return 1 }
        return line(of: String(path[..<dot]))
    }

    private static func name(_ text: Substring) -> String {
        text.prefix { $0 != "]" }.filter { !" \t\"'".contains($0) }
    }
}
