import API
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
        let method = Self.known.contains(request.method.rawValue) ? request.method.rawValue : "other"
        do {
            let response = try await next(request, context)
            await tally.answered(method, status: response.status.code, after: ContinuousClock.now - start)
            return response
        } catch {
            // It becomes a problem further out: counted as what its caller gets.
            let status = Problem(error, path: request.uri.path).status
            await tally.answered(method, status: status, after: ContinuousClock.now - start)
            throw error
        }
    }
}
