import Library

/// Reads `[http]`: where page, API and command line are served, and to whom.
extension ConfigurationFile {
    private static let loopbackAddresses = ["127.0.0.1", "::1", "localhost"]

    static func http(from top: inout ConfigurationTable) -> Configuration.HTTP {
        var settings = Configuration.HTTP()
        guard var http = top.subtable("http") else { return settings }
        if let address = http.string("address") {
            if loopbackAddresses.contains(address) {
                settings.address = address
            } else {
                http.refuse(
                    "address",
                    found: "\"\(address)\"",
                    wanted: "a loopback address, \"127.0.0.1\" or \"::1\": this line is not encrypted"
                )
            }
        }
        if let port = http.integer("port", in: 1...65535) { settings.port = port }
        if let hosts = http.strings("hosts") { settings.hosts = hosts }
        if let loopback = http.choice("loopback", of: Loopback.self) { settings.loopback = loopback.role }
        if let path = http.string("socket", wanted: "the path of a socket") {
            // sun_path of unix(7) has room for 107 bytes.
            if path.hasPrefix("/"), path.utf8.count <= 107 {
                settings.socket = path
            } else {
                http.refuse("socket", found: "\"\(path)\"", wanted: "an absolute path of at most 107 bytes")
            }
        }
        if let role = http.choice("socket-group", of: Loopback.self) { settings.socketRole = role.role }
        if var lan = http.subtable("lan") {
            settings.lan = self.lan(from: &lan)
            lan.finish()
            http.merge(lan)
            if settings.hosts.isEmpty {
                http.refuse(
                    "hosts",
                    found: "nothing",
                    wanted: "the names under which other machines reach this one, such as [\"rfid.library.example\"]"
                )
            }
        }
        http.finish()
        top.merge(http)
        return settings
    }

    private static func lan(from table: inout ConfigurationTable) -> Configuration.HTTP.LAN? {
        let address = table.string("address") ?? "0.0.0.0"
        let port = table.integer("port", in: 1...65535) ?? 7879
        let certificate = table.required("certificate", wanted: "the path of a certificate in PEM")
        let key = table.required("key", wanted: "the path of its key in PEM, chmod 600")
        guard let certificate, let key else { return nil }
        return Configuration.HTTP.LAN(address: address, port: port, certificate: certificate, key: key)
    }

    /// What may be done from this machine without a token.
    private enum Loopback: String, CaseIterable {
        /// `nobody` may do nothing; the others are the roles of tokens.
        case nobody, viewer, technician, desk, kiosk, admin

        var role: AccessRole? { AccessRole(rawValue: rawValue) }
    }
}
