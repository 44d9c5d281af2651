import HTTPTypes
import Hummingbird

/// Read once: each answer has them all.
private let fields: [HTTPField] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }

/// Tells the browser to load nothing from elsewhere, to be framed by nobody, and to keep no answer of the API.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // A page that needs more or less says so itself.
        for field in fields where !response.headers.contains(field.name) { response.headers.append(field) }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
