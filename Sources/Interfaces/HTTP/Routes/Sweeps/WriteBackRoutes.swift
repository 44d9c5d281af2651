import API
import Foundation
import Hummingbird
import Importers
import Library
import Operations

/// What library systems are told of a sweep: files, and the systems themselves.
struct WriteBackRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/sweeps/:id/write-backs") { request, context in
            let results = try await desk.writeBacks.results(of: try context.sweep)
            if request.word("format") == "csv" {
                return Response.text(CSV.writeBacks(results.map { WriteBackLine($0) }), type: "text/csv")
            }
            return try Response.json(results.map { WriteBackLine($0) })
        }
        router.get("/v1/sweeps/:id/write-backs/systems") { _, context in
            _ = try await desk.sweeps.sweep(try context.sweep)
            return try Response.json(
                desk.writeBacks.places.map { place in
                    WriteBackSystem(
                        route: place.route.rawValue,
                        system: place.name,
                        place: place.place,
                        wantsItems: place.route.wantsPicked,
                        notice: place.route.notice
                    )
                }
            )
        }
        router.post("/v1/sweeps/:id/write-backs") { request, context in
            let id = try context.sweep
            try await desk.check(context.caller, for: id)
            let asked: WriteBackRequest = try await request.json()
            let route = try WriteBackRoute(asked: asked.route)
            guard !route.wantsPicked else {
                let files = WriteBackRoute.allCases.filter { !$0.wantsPicked }.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("route", found: "'\(asked.route)', which is no file", wanted: "one of \(files)")
            }
            let dryRun = asked.dryRun ?? true
            let file = try await desk.sweeps.writeBack(
                id,
                route: route,
                dryRun: dryRun,
                servicePoint: desk.writeBacks.servicePoint
            )
            return try Response.json(WriteBackReport(file, route: route, dryRun: dryRun))
        }
        router.post("/v1/sweeps/:id/write-backs/live") { request, context in
            let id = try context.sweep
            try await desk.check(context.caller, for: id)
            let asked: LiveWriteBackRequest = try await request.json()
            let dryRun = asked.dryRun ?? true
            let progress = try await desk.writeBacks.tell(
                id,
                route: try WriteBackRoute(asked: asked.route),
                target: asked.system,
                picked: asked.items ?? [],
                dryRun: dryRun
            )
            return try Response.json(LiveWriteBackReport(progress, dryRun: dryRun))
        }
    }
}

extension WriteBackRoute {
    fileprivate init(asked name: String) throws {
        guard let route = WriteBackRoute(rawValue: name) else {
            let known = WriteBackRoute.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid("route", found: "'\(name)'", wanted: "one of \(known)")
        }
        self = route
    }
}

extension WriteBackLine {
    fileprivate init(_ result: WriteBackResult) {
        self.init(
            barcode: result.barcode,
            state: result.state.rawValue,
            result: result.result,
            route: result.route.rawValue,
            at: Date(result.at)
        )
    }
}

extension LiveWriteBackReport {
    /// Items left out that are shown at most.
    private static let shown = 1000

    fileprivate init(_ progress: WriteBackProgress, dryRun: Bool) {
        let lines = { (answers: [WriteBackAnswer]) in
            answers.map { WriteBackLine(barcode: $0.barcode, state: $0.state.rawValue, result: $0.result) }
        }
        self.init(
            route: progress.route.rawValue,
            system: progress.place,
            dryRun: dryRun,
            notice: progress.route.notice,
            results: lines(progress.answers),
            leftOut: lines(Array(progress.leftOut.prefix(Self.shown))),
            next: progress.next,
            done: progress.done,
            refused: progress.refused,
            uncertain: progress.uncertain,
            remaining: progress.remaining,
            trouble: progress.trouble.map { "\($0)" } ?? progress.away
        )
    }
}
