import API
import HTTPTypes
import Hummingbird

private let fetchSite = HTTPField.Name("Sec-Fetch-Site")

/// Refuses requests that were made for another host or by another site's page, before anything else looks at them.
struct HostMiddleware<Context: RequestContext>: RouterMiddleware {
    let policy: HostPolicy

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let refusal = policy.refusal(
            method: request.method,
            authority: request.head.authority,
            origin: request.headers[.origin],
            site: fetchSite.flatMap { request.headers[$0] }
        )
        if let refusal { throw refusal }
        return try await next(request, context)
    }
}
