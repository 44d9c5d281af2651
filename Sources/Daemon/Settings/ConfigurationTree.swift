import Operations
import TOMLKit

/// What stands in a configuration file, as values that can be compared, laid over each other and written again.
indirect enum ConfigurationTree: Hashable, Sendable {
    case value(SiteValue)
    /// `[library]`, by its keys.
    case table([String: ConfigurationTree])
    /// `[[reader]]`, in the order of the file.
    case tables([[String: ConfigurationTree]])
    /// A value of a kind that no setting has, as the parser describes it.
    case other(String)
}

extension ConfigurationTree {
    /// The tables of a text that has been parsed before.
    init(_ text: String) throws {
        self = .table(Self.entries(try TOMLTable(string: text)))
    }

    private static func entries(_ table: TOMLTable) -> [String: ConfigurationTree] {
        var entries: [String: ConfigurationTree] = [:]
        for key in table.keys {
            if let value = table[key] { entries[key] = tree(value) }
        }
        return entries
    }

    private static func tree(_ value: any TOMLValueConvertible) -> ConfigurationTree {
        switch value.type {
        case .table: return .table(value.table.map(entries) ?? [:])
        case .array:
            let list = value.array.map { array in array.map { $0 } } ?? []
            if list.allSatisfy({ $0.type == .string }) { return .value(.texts(list.compactMap(\.string))) }
            if list.allSatisfy({ $0.type == .int }) { return .value(.numbers(list.compactMap(\.int))) }
            if list.allSatisfy({ $0.type == .table }) { return .tables(list.compactMap { $0.table.map(entries) }) }
            return .other(value.debugDescription)
        case .string: return .value(.text(value.string ?? ""))
        case .int: return .value(.number(value.int ?? 0))
        case .bool: return .value(.truth(value.bool ?? false))
        default: return .other(value.debugDescription)
        }
    }

    /// The tables of this name, `[[name]]`; none where there is something else.
    func tables(_ name: String) -> [[String: ConfigurationTree]] {
        if case .table(let entries) = self, case .tables(let list)? = entries[name] { list } else { [] }
    }

    /// The value under a path with dots between tables: `http.lan.port`. `nil` where there is none.
    func value(_ path: String) -> SiteValue? {
        if case .value(let value)? = self[path.split(separator: ".")] { value } else { nil }
    }

    /// Whether anything stands under a path.
    func has(_ path: String) -> Bool { self[path.split(separator: ".")] != nil }

    /// Whether a table stands under a path, and no value.
    func hasTable(_ path: String) -> Bool {
        if case .table? = self[path.split(separator: ".")] { true } else { false }
    }

    private subscript(_ path: [Substring]) -> ConfigurationTree? {
        guard let first = path.first else { return self }
        guard case .table(let entries) = self else { return nil }
        return entries[String(first)]?[Array(path.dropFirst())]
    }

    /// Puts a value under a path, in tables that are made where they are missing.
    mutating func set(_ path: String, _ value: SiteValue) { set(path.split(separator: "."), .value(value)) }

    private mutating func set(_ path: [Substring], _ value: ConfigurationTree) {
        guard let first = path.first.map(String.init) else { return self = value }
        var entries: [String: ConfigurationTree] = [:]
        if case .table(let found) = self { entries = found }
        var inner = entries[first] ?? .table([:])
        inner.set(Array(path.dropFirst()), value)
        entries[first] = inner
        self = .table(entries)
    }

    /// Replaces the tables of a name.
    mutating func set(_ name: String, tables list: [[String: ConfigurationTree]]) {
        guard case .table(var entries) = self else { return }
        entries[name] = list.isEmpty ? nil : .tables(list)
        self = .table(entries)
    }
}

// MARK: - As text

extension ConfigurationTree {
    /// As TOML; the same tree is always the same text.
    var text: String {
        guard case .table(let entries) = self else { return "" }
        return Self.lines(entries, under: []).joined(separator: "\n") + "\n"
    }

    private static func lines(_ entries: [String: ConfigurationTree], under path: [String]) -> [String] {
        var lines: [String] = []
        let sorted = entries.sorted { $0.key < $1.key }
        for (key, value) in sorted {
            switch value {
            case .value(let value): lines.append("\(name(key)) = \(value.toml)")
            case .other(let text): lines.append("\(name(key)) = \(text)")
            case .table, .tables: continue
            }
        }
        for (key, value) in sorted {
            let place = path + [name(key)]
            switch value {
            case .table(let inner):
                lines += ["[\(place.joined(separator: "."))]"] + self.lines(inner, under: place)
            case .tables(let list):
                for inner in list { lines += ["[[\(place.joined(separator: "."))]]"] + self.lines(inner, under: place) }
            case .value, .other: continue
            }
        }
        return lines
    }

    private static func name(_ key: String) -> String {
        let isBare = !key.isEmpty && key.utf8.allSatisfy { SiteValue.isBare($0) }
        return isBare ? key : SiteValue.quoted(key)
    }
}

extension SiteValue {
    /// As TOML writes it.
    var toml: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .truth(let truth): String(truth)
        case .texts(let list): "[\(list.map(Self.quoted).joined(separator: ", "))]"
        case .numbers(let list): "[\(list.map { String($0) }.joined(separator: ", "))]"
        }
    }

    fileprivate static func isBare(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// A basic string (TOML 1.0): quotes, backslashes and control characters are escaped.
    fileprivate static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
