import Foundation
import Importers

extension Configuration.Pull {
    /// `[[pull]]`: name, system, url, and where the credentials are.
    static func list(from top: inout ConfigurationTable) -> [Configuration.Pull] {
        var pulls: [Configuration.Pull] = []
        for var table in top.subtables("pull") {
            if let pull = Configuration.Pull(from: &table) {
                if pulls.contains(where: { $0.name == pull.name }) {
                    table.refuse("name", found: "\"\(pull.name)\" a second time", wanted: "a name of its own")
                }
                pulls.append(pull)
            }
            table.finish()
            top.merge(table)
        }
        return pulls
    }

    private init?(from table: inout ConfigurationTable) {
        let name = Self.required("name", in: &table, wanted: "a short name, such as \"koha\"")
        let system = table.choice("system", of: PullSource.System.self)
        if system == nil, !table.has("system") {
            table.refuse("system", found: "nothing", wanted: "\"koha\" or \"folio\"")
        }
        let address = Self.required("url", in: &table, wanted: "an address, such as \"https://koha.example.org\"")
            .flatMap { Self.address($0, in: &table) }
        let tenant = table.string("tenant")
        if system == .folio, tenant == nil, !table.has("tenant") {
            table.refuse("tenant", found: "nothing", wanted: "the tenant's name, as FOLIO calls it")
        }
        let credentials = Self.credentials(from: &table)
        let minutes = table.integer("minutes", in: 0...10_080) ?? 15
        let hours = table.integer("full-hours", in: 1...720) ?? 24
        let page = table.integer("page", in: 10...10_000) ?? 1000
        guard let name, let system, let address, let credentials else { return nil }
        self.init(
            name: name,
            source: PullSource(system: system, tenant: tenant ?? "", pageSize: page),
            address: address,
            credentials: credentials,
            interval: minutes > 0 ? .seconds(minutes * 60) : nil,
            fullInterval: .seconds(hours * 3600)
        )
    }

    /// The address without a slash at its end. It may hold no credentials, and sends them in the clear to nobody but
    /// this machine.
    static func address(_ text: String, in table: inout ConfigurationTable) -> String? {
        guard let url = URL(string: text), let host = url.host(), ["http", "https"].contains(url.scheme),
            url.query() == nil, url.fragment() == nil, url.hasUsablePort
        else {
            table.refuse("url", found: "\"\(text)\"", wanted: "an address, such as \"https://koha.example.org\"")
            return nil
        }
        guard url.user() == nil, url.password() == nil else {
            table.refuse("url", found: "a user in the address", wanted: "the address alone, and credentials in a file")
            return nil
        }
        guard url.scheme == "https" || ["127.0.0.1", "::1", "localhost"].contains(host) else {
            table.refuse("url", found: "http, which sends credentials in the clear", wanted: "an address with https")
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    static func credentials(from table: inout ConfigurationTable) -> CredentialFile? {
        let path = table.string("credentials", wanted: "the path of a file that only the daemon's user can read")
        let name = table.string("credential", wanted: "the name of a systemd credential")
        switch (path, name) {
        case (let path?, nil): return .path(path)
        case (nil, let name?): return .systemd(name)
        case (nil, nil):
            let isThere = table.has("credentials") || table.has("credential")
            if !isThere { table.refuse("credentials", found: "nothing", wanted: "the path of a file with them") }
            return nil
        default:
            table.refuse("credential", found: "credentials beside it", wanted: "one of credentials and credential")
            return nil
        }
    }

    static func required(_ key: String, in table: inout ConfigurationTable, wanted: String) -> String? {
        let text = table.string(key, wanted: wanted)
        if text == nil, !table.has(key) { table.refuse(key, found: "nothing", wanted: wanted) }
        return text
    }
}

extension URL {
    /// Whether its port, if it names one, is one that an address can have: the HTTP client does not look, and would take
    /// the whole service down with it.
    var hasUsablePort: Bool { port.map { (1...65535).contains($0) } ?? true }
}
