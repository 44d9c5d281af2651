import Hummingbird
import Operations

/// Counts requests and times their answers, without what was asked for: paths have names of items in them.
struct MetricMiddleware<Context: RequestContext>: RouterMiddleware {
    let tally: Tally

    private static var known: Set<String> { ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let method = request.method.rawValue
        await tally.answered(
            Self.known.contains(method) ? method : "other",
            status: response.status.code,
            after: ContinuousClock.now - start
        )
        return response
    }
}
