import TOMLKit

/// Reads one table of a configuration file and collects every mistake instead of stopping at the first.
struct ConfigurationTable {
    let table: TOMLTable
    /// `http`, `reader[1]`; empty at the top.
    let path: String
    let lines: LineIndex
    private(set) var mistakes: [ConfigurationMistake] = []
    private var asked: [String] = []
    /// Whether the gate of an output must be named; `[[siren]]` is always one gate's.
    var requireGate = false

    init(_ table: TOMLTable, path: String, lines: LineIndex) {
        self.table = table
        self.path = path
        self.lines = lines
    }

    mutating func string(_ key: String, wanted: String = "text in quotes") -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string, !text.isEmpty else {
            refuse(key, found: describe(value), wanted: wanted)
            return nil
        }
        return text
    }

    /// A text that must be there.
    mutating func required(_ key: String, wanted: String) -> String? {
        let text = string(key, wanted: wanted)
        if text == nil, !has(key) { refuse(key, found: "nothing", wanted: wanted) }
        return text
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int, range.contains(number) else {
            refuse(
                key,
                found: describe(value),
                wanted: "a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
            return nil
        }
        return number
    }

    /// One of a closed list of words.
    mutating func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Word.Type
    ) -> Word? where Word.RawValue == String {
        let words = type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        guard let text = string(key, wanted: "one of \(words)") else { return nil }
        guard let word = Word(rawValue: text) else {
            refuse(key, found: "\"\(text)\"", wanted: "one of \(words)")
            return nil
        }
        return word
    }

    /// One of a closed list of words that must be there.
    mutating func requiredChoice<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Word.Type
    ) -> Word? where Word.RawValue == String {
        let word = choice(key, of: type)
        if word == nil, !has(key) {
            let words = type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            refuse(key, found: "nothing", wanted: "one of \(words)")
        }
        return word
    }

    /// A list of words of a closed list.
    mutating func choices<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        of type: Word.Type
    ) -> [Word]? where Word.RawValue == String {
        guard let texts = strings(key) else { return nil }
        let words = type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        for text in texts where Word(rawValue: text) == nil {
            refuse(key, found: "\"\(text)\"", wanted: "one of \(words)")
        }
        return texts.compactMap(Word.init(rawValue:))
    }

    mutating func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let truth = value.bool else {
            refuse(key, found: describe(value), wanted: "true or false")
            return nil
        }
        return truth
    }

    mutating func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let array = value.array, array.allSatisfy({ $0.string != nil }) else {
            refuse(key, found: describe(value), wanted: "a list of texts, [\"…\", \"…\"]")
            return nil
        }
        return array.compactMap(\.string)
    }

    mutating func integers(_ key: String, in range: ClosedRange<Int>) -> [Int]? {
        guard let value = value(key) else { return nil }
        guard let array = value.array, array.allSatisfy({ $0.int.map(range.contains) == true }) else {
            let wanted = "a list of whole numbers from \(range.lowerBound) to \(range.upperBound), [14, 10]"
            refuse(key, found: describe(value), wanted: wanted)
            return nil
        }
        return array.compactMap(\.int)
    }

    mutating func subtable(_ key: String) -> ConfigurationTable? {
        guard let value = value(key) else { return nil }
        guard let table = value.table else {
            refuse(key, found: describe(value), wanted: "a table, [\(key)]")
            return nil
        }
        return ConfigurationTable(table, path: path(of: key), lines: lines)
    }

    mutating func subtables(_ key: String) -> [ConfigurationTable] {
        guard let value = value(key) else { return [] }
        guard let array = value.array, array.allSatisfy({ $0.table != nil }) else {
            refuse(key, found: describe(value), wanted: "tables, each headed [[\(key)]]")
            return []
        }
        return array.compactMap(\.table).enumerated().map { number, table in
            ConfigurationTable(table, path: "\(path(of: key))[\(number)]", lines: lines)
        }
    }

    /// Whether a table stands under the key.
    func isTable(_ key: String) -> Bool { table[key]?.table != nil }

    /// Whether the key stands in the file, whatever its value.
    func has(_ key: String) -> Bool { table.keys.contains(key) }

    mutating func refuse(_ key: String?, found: String, wanted: String, hint: String? = nil) {
        let place = key.map(path(of:)) ?? path
        mistakes.append(
            ConfigurationMistake(
                line: lines.line(of: place),
                what: place.isEmpty ? "file" : place,
                found: found,
                wanted: wanted,
                hint: hint
            )
        )
    }

    /// Takes over what a table inside this one found.
    mutating func merge(_ inner: ConfigurationTable) {
        mistakes += inner.mistakes
    }

    /// Names keys that may stand here although they were not asked for this time.
    mutating func allow(_ keys: [String]) {
        asked += keys.filter { !asked.contains($0) }
    }

    /// Refuses every key that was never asked for.
    mutating func finish() {
        for key in table.keys.sorted() where !asked.contains(key) {
            refuse(key, found: "an unknown key", wanted: "one of \(asked.sorted().joined(separator: ", "))")
        }
    }

    private mutating func value(_ key: String) -> (any TOMLValueConvertible)? {
        asked.append(key)
        return table[key]
    }

    private func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func describe(_ value: any TOMLValueConvertible) -> String {
        switch value.type {
        case .table: "a table"
        case .array: "a list"
        default: value.debugDescription
        }
    }
}
