import API
import Foundation
import Hummingbird
import Library
import Operations
import Tags

/// What the service knows of one tag's condition.
struct TagHealthRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/tags/:uid") { _, context in
            let text = try context.word("uid")
            guard let uid = TagUID(hex: text) else {
                throw Problem.invalid("uid", found: "'\(text.prefix(64))'", wanted: "16 hexadecimal digits")
            }
            return try Response.json(await health(uid, context.caller))
        }
    }

    private func health(_ uid: TagUID, _ caller: Caller) async throws -> TagHealth {
        let life = try desk.life(of: uid)
        // What lies on a reader is its own affair: a token for others is told no more than what is written down.
        let heard = await desk.heard.entry(uid).flatMap { caller.scope.contains($0.reader) ? $0 : nil }
        guard life.record != nil || life.first != nil || life.memory.tried > 0 || heard != nil else {
            throw Problem.notFound("tag \(uid)", hint: "lay it on a pad once: what is never heard is not known")
        }
        let found = await memory(of: uid, on: heard.flatMap { $0.isThere ? $0.reader : nil })
        return TagHealth(uid, life, heard, found, now: desk.time.now())
    }

    /// Its memory where it lies on a pad; `nil` where it does not, or cannot be read now.
    private func memory(of uid: TagUID, on reader: String?) async -> TagOnReader? {
        guard let reader, let station = desk.stations.first(where: { $0.setup.name == reader }),
            station.setup.role == .pad
        else { return nil }
        do throws(StationError) {
            return try await desk.tag(uid, on: reader)?.tag
        } catch {
            return nil
        }
    }
}
