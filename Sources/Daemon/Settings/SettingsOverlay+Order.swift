import Operations
import Readers

extension SettingsOverlay {
    /// These changes and those of an order; refuses what may not be changed, and looks at no value.
    func following(_ order: SettingsOrder, over base: ConfigurationTree) throws(SettingsRefusal) -> SettingsOverlay {
        var overlay = self
        for change in order.changes {
            if change.key.hasPrefix("reader.") {
                try overlay.changeReader(change, base)
            } else {
                try overlay.changeValue(change, base)
            }
        }
        for reader in order.readers { try overlay.add(reader, base) }
        overlay.readers.removeAll { !$0.isAdded && $0.newName == nil && $0.values.isEmpty }
        return overlay
    }

    private mutating func changeValue(
        _ change: SettingsOrder.Change,
        _ base: ConfigurationTree
    ) throws(SettingsRefusal) {
        guard let description = SettingsCatalogue.description(of: change.key) else {
            let isOfList = SettingsCatalogue.lists.keys.contains { change.key.hasPrefix("\($0).") }
            guard isOfList else { throw .unknown(key: change.key) }
            throw .fixed(key: change.key, why: Self.fixed)
        }
        guard description.isChangeable else { throw .fixed(key: change.key, why: Self.fixed) }
        // What the file says anyway needs no word of ours.
        let isAsBefore = change.value == base.value(change.key) ?? description.standard
        values[change.key] = isAsBefore ? nil : change.value
    }

    private static let fixed = "stands in the configuration file alone"

    /// `reader.pad-1.role`; `reader.pad-1` without a value takes away a reader that was added here.
    private mutating func changeReader(
        _ change: SettingsOrder.Change,
        _ base: ConfigurationTree
    ) throws(SettingsRefusal) {
        let path = change.key.dropFirst("reader.".count)
        if change.value == nil, let place = entry(of: String(path), base) {
            guard readers[place].isAdded else { throw .fixed(key: change.key, why: Self.fixed) }
            readers.remove(at: place)
            return
        }
        guard let dot = path.lastIndex(of: ".") else { throw .unknown(key: change.key) }
        let (name, key) = (String(path[..<dot]), String(path[path.index(after: dot)...]))
        guard let description = SettingsCatalogue.reader.first(where: { $0.key == key }),
            let place = entry(of: name, base)
        else { throw .unknown(key: change.key) }
        guard description.isChangeable else { throw .fixed(key: change.key, why: Self.fixed) }
        guard key == "name" else {
            let said = Self.table(of: readers[place].name, base)?[key]
            readers[place].values[key] = change.value.map { .value($0) } == said ? nil : change.value
            return
        }
        switch change.value {
        case nil: readers[place].newName = nil
        case .text(let newName)? where Self.isName(newName):
            if readers[place].isAdded {
                readers[place].name = newName
            } else {
                readers[place].newName = newName == readers[place].name ? nil : newName
            }
        case .some(let value):
            throw .mistakes(["\(change.key.prefix(100)): found \(value.toml.prefix(80)), wanted \(Self.wantedName)"])
        }
    }

    /// The entry for a reader under its name of now or the one it is going to have; made where the file knows the
    /// reader.
    private mutating func entry(of name: String, _ base: ConfigurationTree) -> Int? {
        if let place = readers.firstIndex(where: { $0.name == name }) { return place }
        if let place = readers.firstIndex(where: { $0.effectiveName == name }) { return place }
        guard Self.table(of: name, base) != nil else { return nil }
        readers.append(ReaderEntry(name: name))
        return readers.count - 1
    }

    private static func table(of name: String, _ base: ConfigurationTree) -> [String: ConfigurationTree]? {
        base.tables("reader").first { $0["name"] == .value(.text(name)) }
    }

    private static let wantedName = "a name of 1 to 40 letters, digits and -._"

    /// Names stand in addresses and topics.
    private static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-._".unicodeScalars.contains($0)
            }
    }

    /// A reader where the site has said that one may be looked for, and nowhere else.
    private mutating func add(
        _ reader: SettingsOrder.NewReader,
        _ base: ConfigurationTree
    ) throws(SettingsRefusal) {
        guard Self.isName(reader.name) else {
            throw .mistakes(["name: found '\(reader.name.prefix(80))', wanted \(Self.wantedName)"])
        }
        guard let driver = AllDrivers.named(reader.driver)?.identity else {
            let known = AllDrivers.list.map { $0.identity.name }.joined(separator: ", ")
            throw .mistakes(["driver: found '\(reader.driver.prefix(80))', wanted one of \(known)"])
        }
        let allowed: [String] =
            switch reader.line {
            case .serial, .tcp:
                if case .texts(let list)? = base.value("discovery.\(reader.line.rawValue)") { list } else { [] }
            case .usb:
                ["auto"] + driver.usbDevices.map { "\(Self.hex($0.vendor)):\($0.product.map(Self.hex) ?? "*")" }
            }
        guard allowed.contains(reader.address) else {
            let place = "discovery.\(reader.line.rawValue) in the configuration file"
            let wanted =
                if allowed.isEmpty {
                    "one that \(place) lists: it lists none"
                } else if reader.line == .usb {
                    "one of \(allowed.joined(separator: ", "))"
                } else {
                    "one that \(place) lists: \(allowed.joined(separator: ", "))"
                }
            throw .mistakes([
                "\(reader.line.rawValue): found '\(reader.address.prefix(200))', wanted \(wanted)"
            ])
        }
        readers.append(
            ReaderEntry(
                name: reader.name,
                values: [
                    "role": .text(reader.role), "driver": .text(driver.name),
                    reader.line.rawValue: .text(reader.address),
                ]
            )
        )
    }

    private static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
