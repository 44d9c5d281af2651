import API
import Hummingbird
import Library
import Operations

/// The truth table, the journal of security changes, and where tags and library system disagree.
struct SecurityRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/security/table") { _, _ in
            try Response.json(TruthTable(desk.policy, gate: await desk.gate.keeper.rules))
        }
        router.get("/v1/security/journal") { request, _ in
            let limit = try request.number("limit", in: 1...10_000) ?? 50
            let before = try request.number("before", in: 1...Int.max).map(Int64.init)
            let records = try await desk.security.journal(of: request.word("barcode"), before: before, limit: limit)
            var response = try Response.json(records.map(SecurityEntry.init))
            if records.count == limit, let last = records.last, last.id > 1 {
                response.headers[named: "Link"] = request.next(["before": String(last.id), "limit": String(limit)])
            }
            return response
        }
        router.get("/v1/security/divergence") { _, _ in try Response.json(await divergence()) }
        router.post("/v1/security/repair") { request, _ in
            let wanted: SecurityRepairRequest = try await request.json()
            return try Response.json(await repair(wanted))
        }
    }

    private func divergence() async throws -> DivergenceReport {
        let divergences = try await desk.security.divergences()
        return DivergenceReport(
            open: try await desk.security.open(),
            divergences: divergences,
            ends: try await desk.security.ends(),
            items: try desk.items(divergences.map(\.barcode))
        )
    }

    private func repair(_ wanted: SecurityRepairRequest) async throws -> [SecurityRepair] {
        if let items = wanted.items {
            guard (1...1000).contains(items.count) else {
                throw Problem.invalid("items", found: "\(items.count) items", wanted: "1 to 1000")
            }
            for item in items where item.isEmpty || item.utf8.count > 200 {
                throw Problem.invalid("items", found: "\(item.utf8.count) bytes", wanted: "1 to 200")
            }
        }
        let stations = try wanted.reader.map { [try desk.station($0)] } ?? desk.stations
        return try await desk.security.repair(wanted.items, on: stations).map(SecurityRepair.init)
    }
}
