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
        router.get("/v1/sweeps") { request, _ in
            let limit = try request.number("limit", in: 1...1000) ?? 1
            let sweeps = try await desk.sweeps.sweeps(
                project: request.word("project"),
                before: try request.number("before", in: 1...Int.max).map(Sweep.ID.init),
                limit: limit
            ).map { SweepSummary($0) }
            var response = try Response.json(keeping: sweeps)
            if sweeps.count == limit, let last = sweeps.last, last.id > 1 {
                response.headers[named: "Link"] = request.next(["before": String(last.id), "limit": String(limit)])
            }
            return response
        }
        router.post("/v1/sweeps") { request, _ in
            let asked: SweepRequest = try await request.json()
            var scope = try SweepScope(asked, scheme: scheme, rules: await desk.holdings.shelfOrder)
            if let list = asked.list, !list.isEmpty {
                guard let items = try desk.listedItems(list) else { throw Problem.noList(list) }
                scope.items = items
            }
            let plan = try SweepPlan(asked, readers: desk.stations.map(\.setup.name))
            return try Response.json(SweepSummary(try await desk.sweeps.start(scope, plan: plan)), status: .created)
        }
        router.get("/v1/sweeps/:id") { _, context in
            let id = try context.sweep
            return try Response.json(keeping: SweepSummary(try await desk.sweeps.atHand(id)))
        }
        router.get("/v1/sweeps/:id/findings") { request, context in
            let findings = try await desk.sweeps.findings(try context.sweep)
                .filter { $0.severity > .hidden }
                .map { Finding($0) }
            if request.word("format") == "csv" { return Response.text(CSV.findings(findings), type: "text/csv") }
            return try request.page(findings) { String($0.id) }
        }
        router.post("/v1/sweeps/:id/finish") { _, context in
            let id = try context.sweep
            let sweep = try await desk.sweeps.sweep(id).sweep
            try context.caller.check(sweep)
            guard sweep.isOpen else { throw SweepRefusal.notRunning }
            return try Response.json(SweepSummary(try await desk.sweeps.finish(id)))
        }
        SweepResultRoutes(desk: desk).add(to: router)
        SweepLogRoutes(desk: desk).add(to: router)
    }
}

extension Caller {
    /// Refuses a sweep at readers that the caller's token does not name.
    func check(_ sweep: Sweep) throws {
        let readers = sweep.plan.readers
        // Without a list it listens to every wand.
        try readers.isEmpty ? checkEverywhere() : check(places: readers)
    }
}

extension ServiceDesk {
    /// Refuses the sweep of this number where the caller's token does not name its readers; a token for all of them is
    /// good for any.
    func check(_ caller: Caller, for sweep: Sweep.ID) async throws {
        guard !caller.scope.isEverywhere else { return }
        try caller.check(try await sweeps.sweep(sweep).sweep)
    }
}

extension SweepRoom {
    /// A sweep, by the connection's own thread where it is at hand; a whole log is read apart from it.
    nonisolated func atHand(_ id: Sweep.ID) async throws -> SweepView {
        if let view = try glance(id) { return view }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await sweep(id) }
    }

    /// The same of the sweep in progress that was started last, else the latest one; `nil` before the first.
    nonisolated func currentAtHand() async throws -> SweepView? {
        if let view = try glanceAtCurrent() { return view }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) { try await current() }
    }
}

extension RequestContext {
    /// The number of the sweep in the path.
    var sweep: Sweep.ID {
        get throws {
            let text = try word("id")
            guard let id = Sweep.ID(text) else { throw Problem.notFound("sweep \(text)") }
            return id
        }
    }
}
