import API
import Hummingbird
import Operations

/// Others are whatever a caller makes up. Made once: each request is looked up here.
private let knownMethods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

/// Counts requests and times their answers, without what was asked for: paths have names of items in them.
struct MetricMiddleware<Context: RequestContext>: RouterMiddleware {
    let tally: Tally

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let method = knownMethods.contains(request.method.rawValue) ? request.method.rawValue : "other"
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
