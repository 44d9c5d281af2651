import API
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Operations

/// Answers every error as `application/problem+json` (RFC 9457) with a hint where there is something to do.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            let problem = Problem(error, path: request.uri.path)
            if problem.status >= 500, !(error is Problem) {
                context.logger.error("\(request.method) \(request.uri.path): \(error)")
            }
            var response = Response(problem)
            switch error {
            case AccessRefusal.lockedOut(let rest):
                response.headers[.retryAfter] = String(max(1, rest.components.seconds))
            default:
                if problem.status == 401 { response.headers[.wwwAuthenticate] = "Bearer realm=\"pressmark\"" }
            }
            return response
        }
    }
}
