import API
import Foundation
import Hummingbird
import Library
import NIOCore
import Operations

/// What a sweep came to: report, moves, replay, and files for library systems.
struct SweepResultRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/sweeps/:id/report") { request, context in
            let report = API.SweepReport(try await desk.sweeps.outcome(try context.sweep))
            let tongue = try ReportTongue.wanted(by: request)
            return try response(report, format: request.word("format") ?? "json", in: tongue)
        }
        router.get("/v1/sweeps/:id/moves") { request, context in
            let report = API.SweepReport(try await desk.sweeps.outcome(try context.sweep))
            if request.word("format") == "csv" { return Response.text(CSV.moves(report.moves), type: "text/csv") }
            return try request.page(report.moves) { $0.item.barcode }
        }
        router.post("/v1/sweeps/:id/moves/:barcode") { request, context in
            let id = try context.sweep
            try await desk.check(context.caller, for: id)
            let mark: MoveMark = try await request.json()
            try await desk.sweeps.markMove(try context.word("barcode"), of: id, done: mark.done)
            return try Response.json(mark)
        }
        router.get("/v1/sweeps/:id/completeness") { _, context in
            try Response.json(CompletenessSummary(try await desk.sweeps.outcome(try context.sweep).completeness))
        }
        router.post("/v1/sweeps/:id/replay") { request, context in
            let asked: SweepReplayRequest = try await request.json()
            let rules = try await desk.sweeps.siteRules.changed(by: asked)
            return try Response.json(API.SweepReport(try await desk.sweeps.replay(try context.sweep, with: rules)))
        }
        WriteBackRoutes(desk: desk).add(to: router)
    }

    private func response(_ report: API.SweepReport, format: String, in tongue: ReportTongue) throws -> Response {
        switch format {
        case "json": return try Response.json(report)
        case "csv": return Response.text(CSV.findings(report.findings), type: "text/csv")
        case "html":
            var response = Response.text(PrintedReport(report: report, tongue: tongue).html, type: "text/html")
            response.headers[.contentLanguage] = tongue.rawValue
            response.headers[.vary] = "Accept-Language"
            // Its style stands in the page, so that the page can be kept as one file; nothing on it runs.
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            return response
        case "xlsx":
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    .contentDisposition: "attachment; filename=\"sweep-\(report.sweep.id).xlsx\"",
                    .contentLanguage: tongue.rawValue,
                    .vary: "Accept-Language",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: Workbook(report: report, in: tongue).bytes))
            )
        default: throw Problem.invalid("format", found: "'\(format)'", wanted: "json, csv, html or xlsx")
        }
    }
}

extension SweepRules {
    /// These rules with what a replay asks for.
    func changed(by request: SweepReplayRequest) throws -> SweepRules {
        var rules = self
        func number(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws -> Int? {
            guard let value else { return nil }
            guard range.contains(value) else {
                throw Problem.invalid(name, found: "\(value)", wanted: "\(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        if let reach = try number("reach", request.reach, 1...1000) { rules.coverage.reach = reach }
        if let passes = try number("passes", request.passes, 1...12) { rules.coverage.passes = passes }
        if let gap = try number("visitGap", request.visitGap, 1...3600) { rules.visitGap = Int64(gap) * 1000 }
        if let certainty = request.certainty {
            guard (0...1).contains(certainty) else {
                throw Problem.invalid("certainty", found: "\(certainty)", wanted: "0 to 1")
            }
            rules.certainty = certainty
        }
        if let checksOrder = request.checksOrder { rules.checksOrder = checksOrder }
        for (name, word) in request.severities ?? [:] {
            guard let kind = FindingKind(rawValue: name) else {
                throw Problem.invalid("severities", found: "'\(name)'", wanted: "the name of a class of findings")
            }
            guard let severity = Severity(rawValue: word) else {
                throw Problem.invalid(name, found: "'\(word)'", wanted: "act, look, note or hidden")
            }
            rules.severities[kind] = severity
        }
        return rules
    }
}
