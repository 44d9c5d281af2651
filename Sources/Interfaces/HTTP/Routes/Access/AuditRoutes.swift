import API
import Hummingbird
import Library
import Operations
import Wire

/// Who has changed what, and whether that log is as it was written.
struct AuditRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/audit") { request, _ in
            let limit = try request.number("limit", in: 1...1000) ?? 50
            let entries = try desk.audit.latest(
                before: try request.number("before", in: 1...Int.max).map(AuditEntry.ID.init),
                limit: limit
            )
            var response = try Response.json(entries.map { AuditNote($0) })
            if entries.count == limit, let last = entries.last, last.id > 1 {
                response.headers[named: "Link"] = request.next(["before": String(last.id), "limit": String(limit)])
            }
            return response
        }
        router.get("/v1/audit/verification") { request, _ in
            let id = try request.number("id", in: 1...Int.max)
            let chain = try request.word("chain").map { text in
                guard let bytes = try? Hex.bytes(text), bytes.count == 32 else {
                    throw Problem.invalid("chain", found: "'\(text.prefix(80))'", wanted: "64 hexadecimal digits")
                }
                return bytes
            }
            guard (id == nil) == (chain == nil) else {
                throw Problem.invalid("chain", found: "one of id and chain", wanted: "both or none")
            }
            let noted = id.flatMap { id in chain.map { (AuditEntry.ID(id), $0) } }
            return try Response.json(AuditVerification(try desk.audit.verify(noted: noted)))
        }
    }
}
