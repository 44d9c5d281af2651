import API
import Hummingbird
import NIOCore

/// The document that describes all routes.
struct DocumentRoutes {
    /// The same as long as the program runs, kept in bytes: whoever asks needs no token, and it takes long to encode.
    private static let document = try? EncodedAnswers.encode(OpenAPIDocument().value)

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/openapi.json") { _, _ in
            guard let document = Self.document else { throw Problem.internal }
            return Response.json(encoded: document)
        }
    }
}
