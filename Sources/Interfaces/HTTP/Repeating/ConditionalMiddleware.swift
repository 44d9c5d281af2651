import HTTPTypes
import Hummingbird

/// Answers with 304 when the caller has the same answer already (RFC 9110, 13.1.2).
struct ConditionalMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard [.get, .head].contains(request.method), response.status == .ok, let tag = response.headers[.eTag],
            Self.isKnown(tag, request.headers)
        else { return response }
        var fresh: HTTPFields = [.eTag: tag]
        for name in ["Cache-Control", "Link"] { fresh[named: name] = response.headers[named: name] }
        return Response(status: .notModified, headers: fresh)
    }

    /// Whether `tag` is among those of `If-None-Match`; strong and weak ones are the same here (RFC 9110, 8.8.3.2).
    static func isKnown(_ tag: String, _ headers: HTTPFields) -> Bool {
        func bare(_ tag: some StringProtocol) -> String {
            let text = tag.drop { $0 == " " }.prefix { $0 != " " }
            return String(text.hasPrefix("W/") ? text.dropFirst(2) : text[...])
        }
        let sent = headers[values: .ifNoneMatch]
        guard !sent.isEmpty else { return false }
        let known = sent.flatMap { $0.split(separator: ",") }.map(bare)
        return known.contains("*") || known.contains(bare(tag))
    }
}
