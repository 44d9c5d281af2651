import API
import Hummingbird
import Library
import Operations

/// Sweeps and what they found.
struct SweepRoutes {
    let desk: ServiceDesk
    /// By which call numbers are filed when a request names no scheme.
    let scheme: CallNumberScheme

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/sweeps") { _, _ in
            let newest = try await desk.sweeps.current()
            return try Response.json([newest].compactMap { $0.map { SweepSummary($0) } })
        }
        router.post("/v1/sweeps") { request, _ in
            let scope = try SweepScope(try await request.json(), scheme: scheme)
            return try Response.json(SweepSummary(try await desk.sweeps.start(scope)), status: .created)
        }
        router.get("/v1/sweeps/:id") { _, context in
            try Response.json(SweepSummary(try await desk.sweeps.sweep(try id(context))))
        }
        router.get("/v1/sweeps/:id/findings") { request, context in
            let findings = try await desk.sweeps.findings(try id(context))
                .filter { $0.severity > .hidden }
                .map { Finding($0) }
            if request.word("format") == "csv" { return Response.text(CSV.findings(findings), type: "text/csv") }
            return try Response.json(findings)
        }
        router.post("/v1/sweeps/:id/finish") { _, context in
            let id = try id(context)
            let sweep = try await desk.sweeps.sweep(id).sweep
            guard sweep.isOpen else { throw SweepRefusal.notRunning }
            return try Response.json(SweepSummary(try await desk.sweeps.finish()))
        }
    }

    private func id(_ context: some RequestContext) throws -> Sweep.ID {
        let text = try context.word("id")
        guard let id = Sweep.ID(text) else { throw Problem.notFound("sweep \(text)") }
        return id
    }
}
