import API
import Hummingbird
import Library
import NIOCore
import Operations
import Tags

/// The holdings snapshots: taking new ones in, comparing, going back, looking up.
struct HoldingsRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/holdings") { _, _ in
            guard let snapshot = try desk.snapshot() else {
                throw Problem.notFound("holdings", hint: SweepRefusal.noHoldings.hint)
            }
            return try Response.json(keeping: SnapshotSummary(snapshot))
        }
        router.post("/v1/holdings/imports") { request, _ in try Response.json(await take(request)) }
        router.get("/v1/holdings/imports/current") { _, _ in
            guard let progress = await desk.holdings.progress else { throw Problem.notFound("running import") }
            return try Response.json(ImportState(progress))
        }
        router.get("/v1/holdings/items") { request, _ in
            guard let uid = request.word("uid").flatMap({ TagUID(hex: $0) }) else {
                throw Problem.invalid("uid", found: request.word("uid") ?? "nothing", wanted: "16 hexadecimal digits")
            }
            return try known(try desk.known(uid: uid), "tag \(uid)")
        }
        router.get("/v1/holdings/items/:barcode") { _, context in
            let barcode = try context.word("barcode")
            return try known(try desk.known(barcode: barcode), "item \(barcode.prefix(100))")
        }
        router.get("/v1/holdings/places") { _, _ in
            try Response.json(try await desk.places().map { PlaceSummary($0) })
        }
        router.get("/v1/holdings/difference") { request, _ in
            let comparison = try await desk.difference(
                from: try request.number("from", in: 1...Int.max).map(Int64.init),
                to: try request.number("to", in: 1...Int.max).map(Int64.init),
                limit: try request.number("limit", in: 0...10_000) ?? 100
            )
            return try Response.json(HoldingsComparison(comparison))
        }
        addSnapshots(to: router)
        addPulls(to: router)
    }

    private func addPulls(to router: Router<some RequestContext>) {
        router.get("/v1/holdings/pulls") { _, _ in
            try Response.json(try await desk.pulls.report().map { PullStatus($0) })
        }
        router.post("/v1/holdings/pulls") { request, _ in
            let clock = ContinuousClock()
            let start = clock.now
            let result = try await desk.pulls.pull(request.word("name"), full: request.word("full") == "true")
            let report = ImportReport(result.outcome, dryRun: false, took: clock.now - start)
            return try Response.json(PullAnswer(name: result.name, full: result.wasFull, report: report))
        }
    }

    private func addSnapshots(to router: Router<some RequestContext>) {
        router.get("/v1/holdings/snapshots") { request, _ in
            try request.page(try desk.snapshots().map { SnapshotSummary($0) }) { String($0.number) }
        }
        router.post("/v1/holdings/snapshots/:number/accept") { request, context in
            let wanted: AcceptRequest = try await request.json()
            let number = try number(context)
            let info = try await desk.holdings.accept(number, acceptsShrink: wanted.acceptShrink)
            return try Response.json(SnapshotSummary(info))
        }
        router.post("/v1/holdings/snapshots/:number/revert") { _, context in
            try Response.json(SnapshotSummary(try await desk.holdings.revert(to: try number(context))))
        }
        router.delete("/v1/holdings/snapshots/:number") { _, context in
            try await desk.holdings.discard(try number(context))
            return Response(status: .noContent)
        }
        router.get("/v1/holdings/snapshots/:number/rejections") { _, context in
            try RejectionList(desk: desk, snapshot: try number(context)).response
        }
    }

    private func known(_ item: KnownItem?, _ what: String) throws -> Response {
        guard let item else {
            throw Problem.notFound(what, hint: "how old the holdings are: pressmark holdings show")
        }
        return try Response.json(ItemKnowledge(item))
    }

    private func number(_ context: some RequestContext) throws -> Int64 {
        let text = try context.word("number")
        guard let number = Int64(text), number > 0 else {
            throw Problem.invalid("snapshot", found: "'\(text)'", wanted: "its number")
        }
        return number
    }

    private func take(_ request: Request) async throws -> ImportReport {
        var order = ImportOrder(source: String((request.word("name") ?? "upload").prefix(200)))
        order.profile = request.word("profile")
        order.acceptsShrink = request.word("accept-shrink") == "true"
        if let ending = request.word("ending") {
            guard let known = ImportOrder.Ending(word: ending) else {
                throw Problem.invalid("ending", found: "'\(ending)'", wanted: "commit, preview or dry-run")
            }
            order.ending = known
        }
        if let scheme = request.word("scheme") {
            guard let known = CallNumberScheme(rawValue: scheme.lowercased()) else {
                let all = CallNumberScheme.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("scheme", found: "'\(scheme)'", wanted: "one of \(all)")
            }
            order.scheme = known
        }
        for (name, value) in request.uri.queryParameters where name.hasPrefix("column.") {
            order.columns[String(name.dropFirst("column.".count))] = String(value)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await desk.holdings.take(
            BoundedBody(request.body, limit: RequestLimits.importFile),
            order: order
        )
        return ImportReport(outcome, dryRun: order.ending == .dryRun, took: clock.now - start)
    }
}

extension ImportOrder.Ending {
    fileprivate init?(word: String) {
        switch word {
        case "commit": self = .commit
        case "preview": self = .preview
        case "dry-run": self = .dryRun
        default: return nil
        }
    }
}
