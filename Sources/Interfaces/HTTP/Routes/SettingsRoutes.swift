import API
import Foundation
import HTTPTypes
import Hummingbird
import Library
import Operations

/// The site's settings: shown, tried, changed.
struct SettingsRoutes {
    let desk: ServiceDesk

    /// Changes and readers in one request.
    private static let most = 100

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/settings") { _, context in
            let report = try await settings().read()
            let isWhole = context.caller.role == .admin && context.caller.scope.isEverywhere
            var response = try Response.json(Settings(report, whole: isWhole))
            response.headers[.eTag] = Self.tag(report.version, whole: isWhole)
            return response
        }
        router.post("/v1/settings/preview") { request, _ in
            let order = SettingsOrder(try await wanted(request), version: nil)
            return try Response.json(SettingsOutcome(try await settings().preview(order)))
        }
        router.patch("/v1/settings") { request, _ in
            let wanted = try await wanted(request)
            let order = SettingsOrder(wanted, version: try Self.version(request.headers))
            let forecast = try await settings().change(order)
            var response = try Response.json(SettingsOutcome(forecast))
            response.headers[.eTag] = Self.tag(try await settings().read().version, whole: true)
            return response
        }
    }

    private func settings() throws -> SettingsDesk {
        guard let settings = desk.settings else { throw Problem.notFound("settings") }
        return settings
    }

    private func wanted(_ request: Request) async throws -> SettingsRequest {
        let wanted: SettingsRequest = try await request.json()
        let count = wanted.changes.count + (wanted.readers?.count ?? 0)
        guard (1...Self.most).contains(count) else {
            throw Problem.invalid("changes", found: "\(count)", wanted: "1 to \(Self.most)")
        }
        return wanted
    }

    /// A strong tag: `If-Match` compares no others (RFC 9110, 13.1.1).
    private static func tag(_ version: String, whole: Bool) -> String { "\"\(version)\(whole ? "" : "-part")\"" }

    /// The version that the caller has seen; `nil` where any will do, `If-Match: *`.
    private static func version(_ headers: HTTPFields) throws -> String? {
        guard let text = headers[named: "If-Match"]?.trimmingCharacters(in: .whitespaces) else {
            throw Problem(
                type: "precondition-required",
                title: "Say what was read",
                status: 428,
                detail: "If-Match: found nothing, wanted the ETag of the settings as they were read",
                hint: "read them first, so that nobody's change is undone by mistake"
            )
        }
        return text == "*" ? nil : text.trimmingCharacters(in: ["\""])
    }
}
