import HTTPTypes
import Library

/// Every route and who may use it: the one place where that is said. A route that is missing here is refused to
/// everybody, and a test fails.
enum RouteTable {
    static let rules: [RouteRule] =
        WebFile.all.map { .get($0.path, nil) } + session + readers + items + holdings + sweeps + gate + system

    /// The rule of a request; `nil` when there is none. The path is the route's, as `/v1/sweeps/{id}`.
    static func rule(_ method: HTTPRequest.Method, _ path: String) -> RouteRule? {
        byPath[path]?[method == .head ? .get : method]
    }

    private static let byPath = Dictionary(grouping: rules, by: \.path).mapValues { rules in
        Dictionary(rules.map { ($0.method, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let session: [RouteRule] = [
        .get("/v1/session", nil),
        // Who signs in or out is nobody yet: the route itself writes it down.
        RouteRule(method: .post, path: "/v1/session", roles: nil, changes: false),
        RouteRule(method: .delete, path: "/v1/session", roles: nil, changes: false),
        .get("/v1/tokens", .admins, at: .all),
        .post("/v1/tokens", .admins, at: .all),
        .delete("/v1/tokens/{name}", .admins, at: .all),
    ]

    private static let readers: [RouteRule] = [
        .get("/v1/status", .anybody),
        .get("/v1/readers", .anybody),
        .get("/v1/events", .anybody),
        .get("/v1/readers/{name}/tags", .anybody, at: .path),
        .post("/v1/readers/{name}/security", .floor, at: .path),
        .post("/v1/readers/{name}/checkout", .lending, at: .path),
        .post("/v1/readers/{name}/checkin", .lending, at: .path),
        .get("/v1/kiosks/{name}", .lending, at: .path),
        // Whether a card is good: what it says of a person is shown and kept nowhere.
        .ask("/v1/kiosks/{name}/patron", .lending, at: .path),
        .post("/v1/kiosks/{name}/checkout", .lending, at: .path),
        .post("/v1/kiosks/{name}/checkin", .lending, at: .path),
        .post("/v1/readers/{name}/conversions", .technicians, at: .path),
        .post("/v1/readers/{name}/recording", .technicians, at: .path),
        .post("/v1/readers/{name}/test", .technicians, at: .path),
        .post("/v1/readers/probe", .technicians, at: .all),
        .get("/v1/simulation", .anybody),
        .post("/v1/simulation", .technicians, at: .all),
    ]

    private static let items: [RouteRule] = [
        .get("/v1/security/table", .staff),
        .get("/v1/security/journal", .staff),
        .get("/v1/security/divergence", .staff),
        .post("/v1/security/repair", .floor, at: .named),
        .get("/v1/items/{barcode}/history", .staff),
        .get("/v1/lists", .staff),
        .post("/v1/lists", .floor),
        .get("/v1/lists/{name}", .staff),
        .delete("/v1/lists/{name}", .floor),
        .post("/v1/find/{barcode}", .floor),
        .delete("/v1/find", .floor),
    ]

    private static let holdings: [RouteRule] = [
        .get("/v1/holdings", .staff),
        .get("/v1/holdings/items", .staff),
        .get("/v1/holdings/items/{barcode}", .staff),
        .get("/v1/holdings/difference", .staff),
        .get("/v1/holdings/snapshots", .staff),
        // Rows as they came, whatever stood in them.
        .get("/v1/holdings/snapshots/{number}/rejections", .technicians),
        .post("/v1/holdings/snapshots/{number}/accept", .technicians),
        .post("/v1/holdings/snapshots/{number}/revert", .technicians),
        .delete("/v1/holdings/snapshots/{number}", .technicians),
        .post("/v1/holdings/imports", .technicians),
        .get("/v1/holdings/imports/current", .staff),
        .get("/v1/holdings/pulls", .staff),
        .post("/v1/holdings/pulls", .technicians),
    ]

    private static let sweeps: [RouteRule] = [
        .get("/v1/sweeps", .staff),
        .post("/v1/sweeps", .technicians, at: .named),
        .get("/v1/sweeps/{id}", .staff),
        .get("/v1/sweeps/{id}/findings", .staff),
        .get("/v1/sweeps/{id}/report", .staff),
        .get("/v1/sweeps/{id}/completeness", .staff),
        .get("/v1/sweeps/{id}/sightings", .staff),
        .post("/v1/sweeps/{id}/sightings", .technicians),
        .get("/v1/sweeps/{id}/moves", .staff),
        .post("/v1/sweeps/{id}/moves/{barcode}", .floor),
        .post("/v1/sweeps/{id}/finish", .technicians),
        .ask("/v1/sweeps/{id}/replay", .technicians),
        .get("/v1/sweeps/{id}/write-backs", .staff),
        .post("/v1/sweeps/{id}/write-backs", .technicians),
        .post("/v1/sweeps/{id}/write-backs/live", .technicians),
        .post("/v1/status-changes", .technicians),
    ]

    private static let gate: [RouteRule] = [
        .get("/v1/gate", .staff),
        .get("/v1/gate/alarms", .staff),
        // The gate is the alarm's: the route looks when it knows which.
        .post("/v1/gate/alarms/{id}/outcome", .floor),
        .post("/v1/gate/mute", .floor, at: .named),
        .post("/v1/gate/test", .floor, at: .named),
        .post("/v1/gate/self-test", .technicians, at: .all),
        .post("/v1/gate/close-day", .technicians, at: .all),
        .get("/v1/gate/walk-test", .staff),
        .post("/v1/gate/walk-test", .technicians, at: .named),
        .post("/v1/gate/walk-test/next", .technicians, at: .named),
        .post("/v1/gate/walk-test/end", .technicians, at: .named),
        .get("/v1/gate/passes", .staff),
        .post("/v1/gate/passes", .floor, at: .all),
        .ask("/v1/gate/replay", .technicians),
        .post("/v1/gate/rules", .admins, at: .all),
        .get("/v1/gate/statistics", .staff),
        .get("/v1/gate/forgotten", .staff),
    ]

    private static let system: [RouteRule] = [
        // Who restarts or watches a service has no token yet, and learns nothing but whether it works.
        .get("/health/live", nil),
        .get("/health/ready", nil),
        .get("/metrics", .staff),
        .get("/v1/doctor", .staff),
        .get("/v1/privacy", .staff),
        .get("/v1/ils", .staff),
        .ask("/v1/ils/ping", .floor),
        .get("/v1/ils/items/{barcode}", .staff),
        .get("/v1/ils/trace", .technicians),
        .get("/v1/ils/returns", .staff),
        .post("/v1/ils/returns/{id}/settled", .counter),
        .get("/v1/backup", .admins, at: .all),
        .post("/v1/restore", .admins, at: .all),
        .ask("/v1/check", .admins),
    ]
}
