import API
import HTTPTypes
import Hummingbird
import Operations

/// Lets a request through to its route when the table says that the caller may, and writes down what was changed.
struct AccessMiddleware: RouterMiddleware {
    let gatekeeper: Gatekeeper
    let audit: AuditRoom

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // Where no route is, there is nothing to protect.
        guard let path = context.endpointPath else { return try await next(request, context) }
        guard let rule = RouteTable.rule(request.method, path) else { throw Problem.noRule }
        let caller = try await gatekeeper.caller(of: request, context)
        if rule.isQuick { return try await pass(request, rule, caller, context, next) }
        // Others who are served by the connection's thread would wait for it, and for the disk that takes the note.
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await carryOut(request, rule, caller, context, next)
        }
    }

    /// Lets a request through, and writes down how it ended where it changes something.
    private func carryOut(
        _ request: Request,
        _ rule: RouteRule,
        _ caller: Caller,
        _ context: WebContext,
        _ next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard rule.changes else { return try await pass(request, rule, caller, context, next) }
        let note = { (status: Int) in
            guard caller.role != nil else { return }
            audit.note(
                who: caller.name,
                role: caller.role,
                means: caller.means.rawValue,
                peer: context.peer,
                action: "\(rule.method) \(rule.path)",
                target: request.uri.path,
                result: status
            )
        }
        do {
            let response = try await pass(request, rule, caller, context, next)
            // What was told again was done once, and stands there since.
            if !RepeatMiddleware.isReplayed(response) { note(response.status.code) }
            return response
        } catch {
            note(error is CancellationError ? 499 : Problem(error, path: rule.path).status)
            throw error
        }
    }

    private func pass(
        _ request: Request,
        _ rule: RouteRule,
        _ caller: Caller,
        _ context: WebContext,
        _ next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var (request, context) = (request, context)
        try gatekeeper.check(rule, caller, request)
        try await gatekeeper.checkPlaces(rule, caller, &request, context)
        context.caller = caller
        return try await next(request, context)
    }
}
