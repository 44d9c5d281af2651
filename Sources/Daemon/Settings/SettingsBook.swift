import Operations

/// Every setting with its value, from what is in force and what the files say by now.
struct SettingsBook {
    /// The files as they were when the service started.
    var started: ConfigurationReading
    /// The files as they were taken last.
    var latest: ConfigurationReading
    /// The administrator's file; `nil` in a simulated branch.
    var file: String?
    /// Keys that were said on the command line, with what was said.
    var said: [String: SiteValue]

    var report: SettingsReport {
        let settings = plain + readers + lists
        return SettingsReport(
            file: file,
            changesFile: latest.changesFile,
            settings: settings,
            version: Self.version(of: "\(settings)")
        )
    }

    /// FNV-1a, 64 bit (draft-eastlake-fnv): tells one state from another, nothing more.
    private static func version(of text: String) -> String {
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 36)
    }

    private var plain: [SiteSetting] {
        SettingsCatalogue.all.compactMap { description in
            let isThere = SettingsCatalogue.optionalTables.allSatisfy {
                !description.key.hasPrefix("\($0).") || started.tree.hasTable($0) || latest.tree.hasTable($0)
            }
            let key = description.key
            // Where a table says it all, as `[ils.tls]` may in place of `tls = true`, no value does.
            guard isThere, !latest.tree.hasTable(key) else { return nil }
            var setting = setting(
                description,
                key: key,
                started: started.tree.value(key),
                latest: latest.tree.value(key),
                origin: latest.overlay.values[key] != nil ? .page : latest.base.has(key) ? .file : .standard
            )
            if let value = said[key] {
                (setting.value, setting.next, setting.isWaiting, setting.origin) = (value, nil, false, .start)
            }
            return setting
        }
    }

    private func setting(
        _ description: SettingDescription,
        key: String,
        started: SiteValue?,
        latest: SiteValue?,
        origin: SiteSetting.Origin
    ) -> SiteSetting {
        let effect = Self.effect(of: key)
        var setting = SiteSetting(key: key, kind: description.kind, origin: origin, effect: effect)
        let (now, then) = (started ?? description.standard, latest ?? description.standard)
        setting.value = effect == .atOnce ? then : now
        setting.isWaiting = effect == .restart && now != then
        if setting.isWaiting { setting.next = then }
        setting.isChangeable = description.isChangeable
        setting.isForAdmins = description.isForAdmins
        setting.words = description.words
        return setting
    }

    /// When a change of this key shows, as reloading has it.
    static func effect(of key: String) -> SiteSetting.Effect {
        let table = key.prefix { $0 != "." }
        // Marks of shelves belong to the rules of sweeps.
        if table == "shelf" { return .atOnce }
        let rest = key.dropFirst(table.count + 1)
        let names = ["[\(table)] \(rest)", "[\(table)]", "[[\(table)]]", key]
        let setting = ConfigurationChange.settings.first { names.contains($0.name) }
        return setting?.take == nil ? .restart : .atOnce
    }

    // MARK: - Readers

    private typealias Table = [String: ConfigurationTree]

    /// The readers that run, under their names of now, and those that come with the next start.
    private var readers: [SiteSetting] {
        let (now, then) = (started.tree.tables("reader"), latest.tree.tables("reader"))
        let names = Self.names(now) + Self.names(then).filter { !Self.names(now).contains($0) }
        return names.flatMap { name in
            let before = now.first { Self.name($0) == name }
            let after = then.first { Self.name($0) == name } ?? renamed(name, among: then)
            let base = latest.base.tables("reader").first { Self.name($0) == name }
            let entry = latest.overlay.readers.first { $0.name == name || $0.effectiveName == name }
            return SettingsCatalogue.reader.compactMap { description in
                let key = description.key
                let values = (Self.value(before, key), Self.value(after, key))
                let isFromPage = entry.map { key == "name" ? $0.newName != nil || $0.isAdded : $0.values[key] != nil }
                let origin: SiteSetting.Origin =
                    isFromPage == true ? .page : base?[key] != nil || values != (nil, nil) ? .file : .standard
                let setting = setting(
                    description,
                    key: "reader.\(name).\(key)",
                    started: values.0,
                    latest: values.1,
                    origin: origin
                )
                // Of what only some readers have, only those that say it are told.
                return setting.value == nil && setting.next == nil && !setting.isChangeable ? nil : setting
            }
        }
    }

    private func renamed(_ name: String, among tables: [Table]) -> Table? {
        let newName = latest.overlay.readers.first { $0.name == name }?.newName
        return tables.first { Self.name($0) == newName }
    }

    private static func name(_ table: Table) -> String? {
        if case .value(.text(let name))? = table["name"] { name } else { nil }
    }

    private static func names(_ tables: [Table]) -> [String] { tables.compactMap { name($0) } }

    private static func value(_ table: Table?, _ key: String) -> SiteValue? {
        if case .value(let value)? = table?[key] { value } else { nil }
    }

    // MARK: - Lists

    /// Lists as they stand in the file; they are no page's to change.
    private var lists: [SiteSetting] {
        SettingsCatalogue.lists.sorted { $0.key < $1.key }.flatMap { path, naming in
            list(path, of: latest.tree).enumerated().flatMap { number, table in
                let name = Self.value(table, naming).map(Self.words) ?? "\(number + 1)"
                let isDouble = list(path, of: latest.tree).count { Self.value($0, naming).map(Self.words) == name } > 1
                return table.keys.sorted().compactMap { key -> SiteSetting? in
                    guard case .value(let value)? = table[key] else { return nil }
                    let place = isDouble ? "\(name) \(number + 1)" : name
                    var setting = SiteSetting(
                        key: "\(path).\(place).\(key)",
                        kind: Self.kind(value),
                        value: value,
                        origin: .file,
                        effect: Self.effect(of: path)
                    )
                    setting.isForAdmins = true
                    if SettingsCatalogue.hidden.contains("\(path).\(key)") {
                        (setting.value, setting.isHidden) = (nil, true)
                    }
                    return setting
                }
            }
        }
    }

    private func list(_ path: String, of tree: ConfigurationTree) -> [Table] {
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count == 2, let last = parts.last else { return tree.tables(path) }
        guard case .table(let entries) = tree, let inner = entries[parts[0]] else { return [] }
        return inner.tables(last)
    }

    private static func words(_ value: SiteValue) -> String {
        if case .text(let text) = value { text } else { value.toml }
    }

    private static func kind(_ value: SiteValue) -> SiteSetting.Kind {
        switch value {
        case .text: .text
        case .number: .number
        case .truth: .truth
        case .texts: .texts
        case .numbers: .numbers
        }
    }
}
