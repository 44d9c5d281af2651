import Foundation
import Glibc
import Library
import LinuxIO
import Operations
import Readers
import TOMLKit
import Wire

/// Reads a configuration file, `pressmark.toml`, and finds every mistake in it.
enum ConfigurationFile {
    static func read(path: String) throws(ConfigurationError) -> Configuration {
        try parse(try text(of: path), file: path)
    }

    static func text(of path: String) throws(ConfigurationError) -> String {
        do {
            return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw ConfigurationError(file: path, mistakes: [unreadable(UnreadableText.found(at: path))])
        }
    }

    /// No text, for the reason that was found. The file that is installed may be read by root and the daemon alone, so that
    /// most who try it by hand lack the permission and not the file.
    static func unreadable(_ found: String) -> ConfigurationMistake {
        ConfigurationMistake(
            line: 1,
            what: "file",
            found: found,
            wanted: "a readable configuration file",
            hint: found == UnreadableText.found(EACCES)
                ? "let the daemon's user read it, by putting before the command: sudo -u pressmark"
                : "systemd/pressmark.toml in the sources, /etc/pressmark/pressmark.toml once installed, is one with comments"
        )
    }

    static func parse(_ text: String, file: String) throws(ConfigurationError) -> Configuration {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch {
            throw ConfigurationError(file: file, mistakes: [syntaxMistake(error)])
        }
        var top = ConfigurationTable(table, path: "", lines: LineIndex(text))
        let configuration = configuration(from: &top)
        top.finish()
        guard top.mistakes.isEmpty else {
            throw ConfigurationError(file: file, mistakes: top.mistakes.sorted { $0.line < $1.line })
        }
        return configuration
    }

    private static func syntaxMistake(_ error: any Error) -> ConfigurationMistake {
        guard let error = error as? TOMLParseError else {
            return ConfigurationMistake(line: 1, what: "syntax", found: "\(error)", wanted: "TOML")
        }
        // The parser's own words, "Error while parsing boolean: expected 'true', saw 'T'" for a text without quotes.
        let words = error.description.replacing("Error while parsing ", with: "what is no ", maxReplacements: 1)
        return ConfigurationMistake(
            line: error.source.begin.line,
            what: "syntax at column \(error.source.begin.column)",
            found: words,
            wanted: "TOML",
            hint: "a text stands in quotes, name = \"Town Library\"; a list in brackets, isil = [\"DE-1\"]"
        )
    }

    private static func configuration(from top: inout ConfigurationTable) -> Configuration {
        var configuration = Configuration()
        if let state = top.string("state", wanted: "the path of a folder in quotes") { configuration.state = state }
        configuration.http = http(from: &top)
        if var library = top.subtable("library") {
            if let name = library.string("name") { configuration.library.name = name }
            if let isil = library.strings("isil") { configuration.library.isil = isil }
            if let scheme = library.choice("scheme", of: CallNumberScheme.self) {
                configuration.library.scheme = scheme
            }
            if let snapshots = library.integer("snapshots", in: 1...100) { configuration.library.snapshots = snapshots }
            if let shrink = library.integer("shrink", in: 0...100) { configuration.library.shrink = shrink }
            library.finish()
            top.merge(library)
        }
        if var barcodes = top.subtable("barcodes") {
            configuration.library.barcodes = BarcodeRules(from: &barcodes)
            barcodes.finish()
            top.merge(barcodes)
        }
        if var order = top.subtable("shelf-order") {
            configuration.library.shelfOrder = ShelfOrderRules(from: &order)
            order.finish()
            top.merge(order)
        }
        configuration.security = security(from: &top)
        configuration.tags = tags(from: &top)
        if var discovery = top.subtable("discovery") {
            if let serial = discovery.strings("serial") { configuration.discovery.serial = serial }
            if let tcp = discovery.strings("tcp") { configuration.discovery.tcp = tcp }
            configuration.discovery.automatic = automaticRole(from: &discovery)
            discovery.finish()
            top.merge(discovery)
        }
        let filing = configuration.library
        configuration.sweep = sweep(from: &top, scheme: filing.scheme, order: filing.shelfOrder)
        configuration.readers = readers(from: &top)
        let gates = configuration.readers.filter { $0.role == .gate }.map(\.name)
        let names = configuration.readers.map(\.name)
        configuration.gate = GateConfiguration(from: &top, readers: names, gates: gates)
        configuration.librarySystem = librarySystem(from: &top)
        configuration.proxies = proxies(
            from: &top,
            pads: configuration.readers.filter { $0.role == .pad }.map(\.name),
            system: configuration.librarySystem
        )
        configuration.pulls = Configuration.Pull.list(from: &top)
        configuration.writeBacks = Configuration.WriteBack.list(from: &top)
        configuration.notices = notices(from: &top)
        configuration.dialects = dialects(
            from: &top,
            pads: configuration.readers.filter { $0.role == .pad }.map(\.name)
        )
        return configuration
    }

    /// What readers are that nobody configured; `nil` where they are left alone. A gate has rules and must be named.
    private static func automaticRole(from discovery: inout ConfigurationTable) -> StationRole? {
        let isOn = discovery.boolean("automatic") ?? false
        let role = discovery.choice("automatic-role", of: StationRole.self)
        if role == .gate {
            let wanted = "\"pad\" or \"wand\"; a gate is named by a [[reader]]"
            discovery.refuse("automatic-role", found: "\"gate\"", wanted: wanted)
        }
        return isOn ? role ?? .pad : nil
    }

    private static func readers(from top: inout ConfigurationTable) -> [Configuration.Reader] {
        var readers: [Configuration.Reader] = []
        for var table in top.subtables("reader") {
            if let reader = reader(from: &table) {
                if readers.contains(where: { $0.name == reader.name }) {
                    table.refuse("name", found: "\"\(reader.name)\" a second time", wanted: "a name of its own")
                }
                readers.append(reader)
            }
            table.finish()
            top.merge(table)
        }
        return readers
    }

    private static func reader(from table: inout ConfigurationTable) -> Configuration.Reader? {
        let name = table.required("name", wanted: "a short name, such as \"pad-1\"")
        let role = table.choice("role", of: StationRole.self)
        if role == nil, !table.has("role") {
            table.refuse("role", found: "nothing", wanted: "one of \"pad\", \"wand\", \"gate\"")
        }
        let drivers = AllDrivers.list.map { "\"\($0.identity.name)\"" }.joined(separator: ", ")
        let driverName = table.required("driver", wanted: "one of \(drivers)")
        let driver = driverName.flatMap(AllDrivers.named)
        if let driverName, driver == nil {
            table.refuse("driver", found: "\"\(driverName)\"", wanted: "one of \(drivers)")
        }
        let standard = role == .pad ? 100 : 0
        let interval = table.integer("interval", in: 0...60_000) ?? standard
        let isBuffered = table.boolean("buffered") ?? false
        let milliwatts = table.integer("milliwatts", in: 1...20_000)
        let reportsAFI = table.integer("reports-afi", in: 0...255).map { UInt8($0) }
        let gate = gateKeys(of: &table, role: role)
        let place = place(from: &table, driver: driver?.identity)
        guard let name, let role, let driver, let place else { return nil }
        return Configuration.Reader(
            name: name,
            role: role,
            driver: driver.identity.name,
            place: place,
            interval: .milliseconds(interval),
            isBuffered: isBuffered,
            reportsAFI: reportsAFI,
            milliwatts: milliwatts,
            countsPeople: gate.countsPeople,
            patience: gate.patience,
            commands: gate.commands
        )
    }

    /// How a reader on USB is spoken with.
    private enum USBTransfers: String, CaseIterable {
        case endpoints, control
    }

    private static let usbWanted = "vendor:product in hexadecimal, such as \"0ab1:0002\", or \"auto\""

    private static func usbPlace(
        _ usb: String,
        _ table: inout ConfigurationTable,
        _ driver: DriverIdentity?
    ) -> Configuration.Reader.Place? {
        if usb == "auto", let driver {
            let devices = driver.usbDevices.filter(\.isTakenUnasked)
            if devices.isEmpty {
                table.refuse(
                    "usb",
                    found: "\"auto\"",
                    wanted: "another line: no USB device of driver \(driver.name) is known"
                )
                return nil
            }
            return .automatic(devices.map { USBSelection(vendor: $0.vendor, product: $0.product) })
        }
        let transfers = table.choice("usb-transfers", of: USBTransfers.self) ?? .endpoints
        guard let selection = USBSelection(configured: usb) else {
            if usb != "auto" { table.refuse("usb", found: "\"\(usb)\"", wanted: usbWanted) }
            return nil
        }
        guard transfers == .control else { return .usb(selection) }
        guard driver?.name == FEIGDriver.identity.name else {
            let found = "\"control\" with driver \(driver?.name ?? "none")"
            table.refuse("usb-transfers", found: found, wanted: "driver \"feig\": only its oldest readers take them")
            return nil
        }
        return .usbControl(selection)
    }

    /// A gate that calls: who may is named by address, for a port that takes anybody is no gate's.
    private static func callers(
        at listen: String,
        _ peers: [String],
        _ table: inout ConfigurationTable,
        _ driver: DriverIdentity?
    ) -> Configuration.Reader.Place? {
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]), port > 0,
            colon > listen.startIndex
        else {
            table.refuse("listen", found: "\"\(listen)\"", wanted: "address:port, port from 1 to 65535")
            return nil
        }
        guard driver?.name == FEIGDriver.identity.name else {
            table.refuse(
                "listen",
                found: "driver \(driver?.name ?? "none")",
                wanted: "driver \"feig\": only its gates call"
            )
            return nil
        }
        guard !peers.isEmpty else {
            table.refuse("from", found: "nothing", wanted: "the addresses that may call, such as [\"192.168.10.10\"]")
            return nil
        }
        let address = listen[..<colon].filter { !"[]".contains($0) }
        return .calls(address: String(address), port: port, from: peers)
    }

    private static func place(
        from table: inout ConfigurationTable,
        driver: DriverIdentity?
    ) -> Configuration.Reader.Place? {
        let path = table.string("serial", wanted: "the path of a serial device, such as \"/dev/ttyUSB0\"")
        let address = table.string("tcp", wanted: "host:port, such as \"192.168.10.10:10001\"")
        let baud = table.integer("baud", in: 50...4_000_000)
        let parity = table.choice("parity", of: LineSettings.Parity.self)
        let usb = table.string("usb", wanted: Self.usbWanted)
        let listen = table.string("listen", wanted: "address:port of this machine, such as \"192.168.10.2:20001\"")
        let peers = table.strings("from")
        let tls = table.tls()
        let named = ["serial", "tcp", "usb", "listen"].filter { table.has($0) }
        guard named.count == 1 else {
            let found = named.isEmpty ? "none of them" : named.joined(separator: " and ")
            table.refuse(nil, found: found, wanted: "one of serial, tcp, usb, listen")
            return nil
        }
        if tls != nil, address == nil, !table.has("tcp") {
            table.refuse("tls", found: "true", wanted: "it on a reader reached by tcp alone")
        }
        if let usb { return usbPlace(usb, &table, driver) }
        if let listen { return callers(at: listen, peers ?? [], &table, driver) }
        if let path {
            var line = driver?.line ?? LineSettings(baudRate: 9600)
            if let baud { line.baudRate = baud }
            if let parity { line.parity = parity }
            return .serial(path: path, line: line)
        }
        if let address {
            let colon = address.lastIndex(of: ":")
            let host = colon.map { String(address[..<$0]) } ?? address
            let port = colon.map { UInt16(address[address.index(after: $0)...]) } ?? driver?.tcpPort
            guard let port, !host.isEmpty else {
                table.refuse("tcp", found: "\"\(address)\"", wanted: "host:port, port from 1 to 65535")
                return nil
            }
            return .tcp(host: host, port: port, tls: tls)
        }
        return nil
    }
}
