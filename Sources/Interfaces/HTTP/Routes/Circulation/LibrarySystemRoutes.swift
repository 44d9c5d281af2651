import API
import Hummingbird
import Operations

/// The library system behind the readers: how it stands, what it knows of an item, what was said.
struct LibrarySystemRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/ils") { _, _ in try Response.json(await status()) }
        router.post("/v1/ils/ping") { _, _ in
            try await link().ping()
            return try Response.json(await status())
        }
        router.get("/v1/ils/items/:barcode") { _, context in
            let barcode = try context.word("barcode")
            return try Response.json(LibrarySystemItem(try await link().facts(of: barcode), barcode: barcode))
        }
        router.get("/v1/ils/trace") { _, _ in
            try Response.json(await link().recentLines.map(LibrarySystemLine.init))
        }
        router.get("/v1/ils/returns") { _, _ in
            try Response.json(try desk.returns?.waiting().map(WaitingReturn.init) ?? [])
        }
        router.post("/v1/ils/returns/:id/settled") { _, context in
            let text = try context.word("id")
            guard let id = Int64(text), try desk.returns?.settle(id) == true else {
                throw Problem.notFound("stored return \(text)", hint: "list them with pressmark ils returns")
            }
            return try Response.json(try desk.returns?.waiting().map(WaitingReturn.init) ?? [])
        }
    }

    private func status() async throws -> LibrarySystemStatus {
        var proxies: [ProxyStatus] = []
        for proxy in desk.proxies { proxies.append(ProxyStatus(await proxy.report, place: proxy.settings.place)) }
        return LibrarySystemStatus(
            await desk.circulation?.report,
            returns: try desk.returns?.waiting() ?? [],
            proxies: proxies
        )
    }

    private func link() throws -> CirculationLink {
        guard let link = desk.circulation else { throw Problem.noLibrarySystem }
        return link
    }
}
