import Operations

/// What was changed on the page: values that go before those of the administrator's file, and readers.
struct SettingsOverlay: Hashable, Sendable {
    /// By key, `security.armed`.
    var values: [String: SiteValue] = [:]
    var readers: [ReaderEntry] = []

    /// A reader of the administrator's file that is changed, or one that was added.
    struct ReaderEntry: Hashable, Sendable {
        /// As in the administrator's file; for one that was added, its own.
        var name: String
        /// What a reader of the file is called here.
        var newName: String?
        var values: [String: SiteValue] = [:]

        /// Whether it was added: only then its driver is known here.
        var isAdded: Bool { values["driver"] != nil }
        var effectiveName: String { newName ?? name }
    }

    var isEmpty: Bool { values.isEmpty && readers.isEmpty }
}

extension SettingsOverlay {
    private static let newNameKey = "called"

    /// What a file of changes says; keys that may not stand there come back as mistakes.
    init(_ tree: ConfigurationTree, mistakes: inout [String]) {
        guard case .table(let entries) = tree else { return }
        for (section, inner) in entries.sorted(by: { $0.key < $1.key }) where section != "reader" {
            guard case .table(let keys) = inner else {
                mistakes.append("\(section): \(Self.stray)")
                continue
            }
            for (key, value) in keys.sorted(by: { $0.key < $1.key }) {
                let path = "\(section).\(key)"
                guard case .value(let value) = value, SettingsCatalogue.description(of: path)?.isChangeable == true
                else {
                    mistakes.append("\(path): \(Self.stray)")
                    continue
                }
                values[path] = value
            }
        }
        for (number, table) in tree.tables("reader").enumerated() {
            guard case .value(.text(let name))? = table["name"] else {
                mistakes.append("reader[\(number)].name: found nothing, wanted the name of a reader")
                continue
            }
            var entry = ReaderEntry(name: name)
            for (key, value) in table where key != "name" {
                guard case .value(let value) = value else {
                    mistakes.append("reader[\(number)].\(key): \(Self.stray)")
                    continue
                }
                if key == Self.newNameKey, case .text(let text) = value {
                    entry.newName = text
                } else {
                    entry.values[key] = value
                }
            }
            readers.append(entry)
        }
    }

    private static let stray = "found in the file of changes, wanted it in the configuration file alone"

    /// The file of changes as a tree.
    var tree: ConfigurationTree {
        var tree = ConfigurationTree.table([:])
        for (key, value) in values { tree.set(key, value) }
        tree.set(
            "reader",
            tables: readers.map { entry in
                var table = entry.values.mapValues { ConfigurationTree.value($0) }
                table["name"] = .value(.text(entry.name))
                if let newName = entry.newName { table[Self.newNameKey] = .value(.text(newName)) }
                return table
            }
        )
        return tree
    }

    /// The administrator's settings with these laid over them.
    ///
    /// What is said of a reader that the file does not have any more, or of an added one that it has by now, is passed
    /// over.
    func laid(over base: ConfigurationTree) -> ConfigurationTree {
        var tree = base
        for (key, value) in values { tree.set(key, value) }
        var tables = base.tables("reader")
        for entry in readers {
            let place = tables.firstIndex { $0["name"] == .value(.text(entry.name)) }
            if let place, !entry.isAdded {
                for (key, value) in entry.values { tables[place][key] = .value(value) }
                guard let newName = entry.newName else { continue }
                tables[place]["name"] = .value(.text(newName))
                tree.rename(entry.name, to: newName)
            } else if place == nil, entry.isAdded {
                var table = entry.values.mapValues { ConfigurationTree.value($0) }
                table["name"] = .value(.text(entry.name))
                tables.append(table)
            }
        }
        tree.set("reader", tables: tables)
        return tree
    }
}

extension ConfigurationTree {
    /// Follows a reader's new name wherever the file speaks of the reader.
    fileprivate mutating func rename(_ name: String, to newName: String) {
        for list in ["proxy", "dialect", "siren", "output", "input"] {
            let tables = tables(list).map { table in
                var table = table
                for key in ["reader", "gate"] where table[key] == .value(.text(name)) {
                    table[key] = .value(.text(newName))
                }
                return table
            }
            if !tables.isEmpty { set(list, tables: tables) }
        }
    }
}
