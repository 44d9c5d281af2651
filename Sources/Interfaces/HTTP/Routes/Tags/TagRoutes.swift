import API
import Hummingbird
import Library
import Operations
import Tags

/// Tags on a reader and their security.
struct TagRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/readers/:name/tags") { _, context in
            try Response.json(await tags(on: try context.word("name")))
        }
        router.post("/v1/readers/:name/security") { request, context in
            try Response.json(await change(try await request.json(), on: try context.word("name")))
        }
    }

    private func tags(on reader: String) async throws -> [TagReading] {
        let tags = try await desk.tags(on: reader)
        let items = try desk.items(tags.compactMap { $0.content?.primaryItemIdentifier })
        return tags.map { TagReading($0, policy: desk.policy, items: items) }
    }

    private func change(_ wanted: API.SecurityRequest, on reader: String) async throws -> API.SecurityResult {
        guard !wanted.barcode.isEmpty, wanted.barcode.utf8.count <= 200 else {
            throw Problem.invalid("barcode", found: "\(wanted.barcode.utf8.count) bytes", wanted: "1 to 200")
        }
        switch (wanted.cause, wanted.want) {
        case (.checkout, .secured): throw Problem.invalid("want", found: "secured", wanted: "released after a checkout")
        case (.checkin, .released): throw Problem.invalid("want", found: "released", wanted: "secured after a checkin")
        default: break
        }
        let report = try await desk.security.change(
            wanted.barcode,
            to: SecurityState(wanted.want),
            cause: SecurityCause(wanted.cause ?? .staff),
            on: try desk.station(reader)
        )
        return SecurityResult(report)
    }
}
