import API
import Hummingbird
import Library
import NIOCore
import Operations

/// The holdings snapshot, and taking a new one in.
struct HoldingsRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/holdings") { _, _ in
            guard let snapshot = try desk.snapshot() else {
                throw Problem.notFound("holdings", hint: SweepRefusal.noHoldings.hint)
            }
            return try Response.json(SnapshotSummary(snapshot))
        }
        router.post("/v1/holdings/imports") { request, _ in try Response.json(await take(request)) }
    }

    private func take(_ request: Request) async throws -> ImportReport {
        guard let profile = request.word("profile") else {
            throw Problem.invalid("profile", found: "nothing", wanted: "the system that the export comes from")
        }
        let dryRun = request.word("dry-run") == "true"
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await desk.holdings.take(
            BoundedBody(request.body, limit: RequestLimits.importFile),
            profile: profile,
            source: String((request.word("name") ?? "upload").prefix(200)),
            dryRun: dryRun
        )
        return ImportReport(outcome, dryRun: dryRun, took: clock.now - start)
    }
}

/// A request's body in pieces as they arrive, up to a limit.
struct BoundedBody: AsyncSequence, Sendable {
    private let body: RequestBody
    private let limit: Int

    init(_ body: RequestBody, limit: Int) {
        self.body = body
        self.limit = limit
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(pieces: body.makeAsyncIterator(), left: limit, limit: limit)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var pieces: RequestBody.AsyncIterator
        fileprivate var left: Int
        fileprivate let limit: Int

        @concurrent mutating func next() async throws -> ByteBufferView? {
            guard let piece = try await pieces.next() else { return nil }
            left -= piece.readableBytes
            guard left >= 0 else { throw Problem.tooLarge(limit: limit) }
            return piece.readableBytesView
        }
    }
}
