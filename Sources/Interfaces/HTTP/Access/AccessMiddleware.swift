import API
import HTTPTypes
import Hummingbird
import Operations

/// Lets a request through to its route when the table says that the caller may.
struct AccessMiddleware: RouterMiddleware {
    let gatekeeper: Gatekeeper

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // Where no route is, there is nothing to protect.
        guard let path = context.endpointPath else { return try await next(request, context) }
        guard let rule = RouteTable.rule(request.method, path) else { throw Problem.noRule }
        var (request, context) = (request, context)
        let caller = try await gatekeeper.caller(of: request, from: context.peer)
        try gatekeeper.check(rule, caller, request)
        try await gatekeeper.checkPlaces(rule, caller, &request, context)
        context.caller = caller
        return try await next(request, context)
    }
}
