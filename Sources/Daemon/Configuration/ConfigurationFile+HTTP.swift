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
        http.finish()
        top.merge(http)
        return settings
    }

    /// What may be done from this machine without a token.
    private enum Loopback: String, CaseIterable {
        case nobody, viewer, technician, desk, kiosk, admin

        var role: AccessRole? { AccessRole(rawValue: rawValue) }
    }
}
