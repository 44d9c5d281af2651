import API
import Hummingbird
import NIOCore

/// The document that describes all routes.
struct DocumentRoutes {
    /// The same as long as the program runs.
    private static let document = (try? OpenAPIDocument()).map { $0.value }

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/openapi.json") { _, _ in
            guard let document = Self.document else { throw Problem.internal }
            return try Response.json(document)
        }
    }
}
