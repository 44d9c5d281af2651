import Foundation
import Importers

extension Configuration.WriteBack {
    /// `[[write-back]]`: name, system, url, where the credentials are, and how fast. Without it nothing is ever told.
    static func list(from top: inout ConfigurationTable) -> [Configuration.WriteBack] {
        var targets: [Configuration.WriteBack] = []
        for var table in top.subtables("write-back") {
            if let target = Configuration.WriteBack(from: &table) {
                if targets.contains(where: { $0.name == target.name }) {
                    table.refuse("name", found: "\"\(target.name)\" a second time", wanted: "a name of its own")
                }
                targets.append(target)
            }
            table.finish()
            top.merge(table)
        }
        return targets
    }

    private init?(from table: inout ConfigurationTable) {
        typealias Pull = Configuration.Pull
        let name = Pull.required("name", in: &table, wanted: "a short name, such as \"koha\"")
        let system = table.choice("system", of: PullSource.System.self)
        if system == nil, !table.has("system") {
            table.refuse("system", found: "nothing", wanted: "\"koha\" or \"folio\"")
        }
        let address = Pull.required("url", in: &table, wanted: "an address, such as \"https://koha.example.org\"")
            .flatMap { Pull.address($0, in: &table) }
        let tenant = table.string("tenant")
        let servicePoint = table.string("service-point", wanted: "a service point's UUID")
        if system == .folio {
            if tenant == nil, !table.has("tenant") {
                table.refuse("tenant", found: "nothing", wanted: "the tenant's name, as FOLIO calls it")
            }
            if servicePoint.flatMap({ UUID(uuidString: $0) }) == nil {
                let found = servicePoint.map { "\"\($0)\"" } ?? "nothing"
                table.refuse("service-point", found: found, wanted: "the UUID of the service point that checks in")
            }
        }
        let credentials = Pull.credentials(from: &table)
        let perMinute = table.integer("per-minute", in: 1...6000) ?? 300
        guard let name, let system, let address, let credentials else { return nil }
        self.init(
            name: name,
            target: WriteBackTarget(system: system, tenant: tenant ?? "", servicePoint: servicePoint ?? ""),
            address: address,
            credentials: credentials,
            pause: .milliseconds(60_000 / perMinute)
        )
    }
}
