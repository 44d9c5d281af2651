import SIP2

/// The parts of the file about the library system: `[ils]` and `[[proxy]]`.
extension ConfigurationFile {
    private static let system = SIP2Dialect.list.map { "\"\($0.name)\"" }.joined(separator: ", ")

    static func librarySystem(from top: inout ConfigurationTable) -> Configuration.LibrarySystem? {
        guard var table = top.subtable("ils") else { return nil }
        let name = table.required("system", wanted: "one of \(system)")
        let dialect = name.flatMap(SIP2Dialect.named)
        if let name, dialect == nil { table.refuse("system", found: "\"\(name)\"", wanted: "one of \(system)") }
        let address = table.required("address", wanted: "host:port, such as \"ils.example.org:6001\"")
        let place = address.flatMap { hostAndPort(in: $0, of: "address", &table) }
        var settings = Configuration.LibrarySystem(
            host: place?.host ?? "",
            port: place?.port ?? 0,
            dialect: dialect ?? .other
        )
        settings.user = table.string("user")
        settings.passwordFile = table.string("password-file", wanted: "the path of a file that holds the password")
        if settings.user != nil, !table.has("password-file") {
            table.refuse("password-file", found: "nothing", wanted: "the path of a file that holds the password")
        }
        settings.terminalPasswordFile = table.string("terminal-password-file")
        settings.location = table.string("location")
        if let institution = table.string("institution") { settings.institution = institution }
        settings.branch = table.string("branch")
        if let encoding = table.choice("encoding", of: SIP2Encoding.self) { settings.encoding = encoding }
        if let isOn = table.boolean("error-detection") { settings.hasErrorDetection = isOn }
        if let lineEnd = table.choice("line-end", of: SIP2Account.LineEnd.self) { settings.lineEnd = lineEnd }
        if let seconds = table.integer("timeout", in: 1...60) { settings.timeout = seconds }
        if let times = table.integer("retries", in: 0...9) { settings.retries = times }
        if let seconds = table.integer("patience", in: 1...300) { settings.patience = seconds }
        if let count = table.integer("connections", in: 1...16) { settings.connections = count }
        if let seconds = table.integer("ping", in: 5...3600) { settings.ping = seconds }
        if let isOn = table.boolean("release-when-unsaid") { settings.rules.releasesWhenUnsaid = isOn }
        if let isOn = table.boolean("secure-what-was-not-lent") { settings.rules.securesWhatWasNotLent = isOn }
        if let isOn = table.boolean("renew") { settings.rules.renews = isOn }
        if let isOn = table.boolean("offline-returns") { settings.isOfflineAllowed = isOn }
        if let isOn = table.boolean("utc") { settings.isUTC = isOn }
        if let isOn = table.boolean("kiosk-password") { settings.rules.asksPatronPassword = isOn }
        settings.tls = tls(from: &table)
        table.finish()
        top.merge(table)
        return settings
    }

    static func proxies(
        from top: inout ConfigurationTable,
        pads: [String],
        system: Configuration.LibrarySystem?
    ) -> [Configuration.Proxy] {
        var proxies: [Configuration.Proxy] = []
        for var table in top.subtables("proxy") {
            if let proxy = proxy(from: &table, pads: pads, system: system) {
                if proxies.contains(where: { $0.name == proxy.name }) {
                    table.refuse("name", found: "\"\(proxy.name)\" a second time", wanted: "a name of its own")
                }
                proxies.append(proxy)
            }
            table.finish()
            top.merge(table)
        }
        return proxies
    }

    private static func proxy(
        from table: inout ConfigurationTable,
        pads: [String],
        system: Configuration.LibrarySystem?
    ) -> Configuration.Proxy? {
        let name = table.required("name", wanted: "a short name, such as \"kiosk-1\"")
        let listen = table.required("listen", wanted: "address:port, such as \"192.168.1.4:6001\"")
            .flatMap { hostAndPort(in: $0, of: "listen", &table) }
        let reader = table.required("reader", wanted: "the name of a reader whose role is \"pad\"")
        if let reader, !pads.contains(reader) {
            let known =
                pads.isEmpty ? "the name of a reader whose role is \"pad\"" : "one of \(pads.joined(separator: ", "))"
            table.refuse("reader", found: "\"\(reader)\"", wanted: known)
        }
        let target =
            table.string("system", wanted: "host:port, such as \"ils.example.org:6001\"")
            .flatMap { hostAndPort(in: $0, of: "system", &table) } ?? system.map { ($0.host, $0.port) }
        if target == nil, !table.has("system") {
            table.refuse("system", found: "nothing and no [ils]", wanted: "host:port of the library system")
        }
        // Another system than that of [ils] has ways of its own.
        let ownTLS = tls(from: &table)
        let usesOwn = table.has("system") || table.has("tls")
        let identity = identity(from: &table, certificate: "listen-certificate", key: "listen-key")
        let kiosks = table.strings("kiosks") ?? []
        let encoding = table.choice("encoding", of: SIP2Encoding.self) ?? system?.encoding ?? .utf8
        let tells = table.boolean("tell-kiosk") ?? false
        let notice = table.string("notice")
        guard let name, let listen, let reader, let target else { return nil }
        return Configuration.Proxy(
            name: name,
            address: listen.host,
            port: listen.port,
            reader: reader,
            host: target.host,
            systemPort: target.port,
            tls: usesOwn ? ownTLS : system?.tls,
            identity: identity,
            kiosks: kiosks,
            encoding: encoding,
            tellsKiosk: tells,
            notice: notice
        )
    }

    /// `host:port`; an IPv6 address stands in brackets.
    private static func hostAndPort(
        in text: String,
        of key: String,
        _ table: inout ConfigurationTable
    ) -> (host: String, port: UInt16)? {
        let colon = text.lastIndex(of: ":")
        var host = colon.map { String(text[..<$0]) } ?? ""
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard let colon, !host.isEmpty, let port = UInt16(text[text.index(after: colon)...]) else {
            table.refuse(key, found: "\"\(text)\"", wanted: "host:port, port from 0 to 65535")
            return nil
        }
        return (host, port)
    }
}
