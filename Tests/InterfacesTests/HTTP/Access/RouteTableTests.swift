import HTTPTypes
import Hummingbird
import Library
import Testing

@testable import Interfaces

@Suite struct RouteTableTests {
    private func registered() throws -> Set<String> {
        let routes = try TestService().server.router(startedAt: TestService.start).routes
        return Set(routes.map { "\($0.method) \($0.path)" })
    }

    @Test func `every route stands in the table, and nothing else does`() throws {
        let rules = RouteTable.rules.map { "\($0.method) \($0.path)" }
        let (registered, listed) = (try registered(), Set(rules))
        #expect(registered.subtracting(listed) == [], "routes that nobody may use: add them to RouteTable.rules")
        #expect(listed.subtracting(registered) == [], "rules of routes that are not there")
        #expect(rules.count == listed.count, "a route has two rules")
    }

    @Test func `whoever has shown nothing sees the page's files, this document and whether all works, and may sign in`()
    {
        let open = RouteTable.rules.filter { $0.roles == nil && !$0.path.hasPrefix("/v1/session") }
        #expect(
            Set(open.map(\.path))
                == Set(WebFile.all.map(\.path) + ["/v1/openapi.json", "/health/live", "/health/ready"])
        )
    }

    @Test func `an admin may do everything, a viewer changes nothing`() {
        for rule in RouteTable.rules {
            guard let roles = rule.roles else { continue }
            #expect(roles.contains(.admin), "\(rule.path)")
            if rule.changes { #expect(!roles.contains(.viewer), "\(rule.path)") }
            if rule.method != .get { #expect(!roles.contains(.viewer), "\(rule.path)") }
        }
    }

    @Test func `a kiosk lends, takes back and sees its readers, no more`() {
        let kiosk = RouteTable.rules.filter { $0.roles?.contains(.kiosk) == true }.map { "\($0.method) \($0.path)" }
        #expect(
            Set(kiosk) == [
                "GET /v1/status", "GET /v1/readers", "GET /v1/events", "GET /v1/readers/{name}/tags",
                "GET /v1/simulation",
                "GET /v1/kiosks/{name}", "POST /v1/kiosks/{name}/patron", "POST /v1/kiosks/{name}/checkout",
                "POST /v1/kiosks/{name}/checkin",
            ]
        )
    }

    @Test func `what is in a reader's path is looked at against the token`() {
        for rule in RouteTable.rules where rule.path.hasPrefix("/v1/readers/{name}/") {
            #expect(rule.place == .path, "\(rule.path)")
        }
    }

    @Test func `a route that nobody has decided about is refused`() {
        #expect(RouteTable.rule(.get, "/v1/secrets") == nil)
        #expect(RouteTable.rule(.put, "/v1/status") == nil)
        #expect(RouteTable.rule(.head, "/v1/status")?.path == "/v1/status")
    }
}
