import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import NIOCore
import Operations
import Synchronization
import Testing

@testable import Interfaces

@Suite struct SettingsRoutesTests {
    /// Settings that remember what was ordered.
    private final class Kept: Sendable {
        let orders = Mutex<[SettingsOrder]>([])
        let refusal: SettingsRefusal?

        init(refusal: SettingsRefusal? = nil) { self.refusal = refusal }

        var desk: SettingsDesk {
            SettingsDesk(
                read: { Self.report },
                preview: { try self.take($0, isMeant: false) },
                change: { try self.take($0, isMeant: true) }
            )
        }

        private func take(_ order: SettingsOrder, isMeant: Bool) throws -> SettingsForecast {
            if let refusal { throw refusal }
            if isMeant { orders.withLock { $0.append(order) } }
            return SettingsForecast(
                changes: order.changes.map {
                    .init(key: $0.key, kind: .byte, before: .number(7), after: $0.value, effect: .restart)
                }
            )
        }

        private static var report: SettingsReport {
            var armed = SiteSetting(
                key: "security.armed",
                kind: .byte,
                value: .number(7),
                origin: .file,
                effect: .restart
            )
            armed.isChangeable = true
            var key = SiteSetting(
                key: "http.lan.key",
                kind: .text,
                value: .text("/etc/k"),
                origin: .file,
                effect: .restart
            )
            key.isForAdmins = true
            return SettingsReport(
                file: "/etc/p.toml",
                changesFile: "/var/s.toml",
                settings: [armed, key],
                version: "v1"
            )
        }
    }

    private func service(_ kept: Kept = Kept(), role: AccessRole? = .admin) throws -> TestService {
        var service = try TestService()
        service.desk.settings = kept.desk
        service.loopback = role
        return service
    }

    private static let json: HTTPFields = [.contentType: "application/json"]

    private func patch(
        _ service: TestService,
        _ request: SettingsRequest,
        ifMatch tag: String?
    ) async throws -> TestResponse {
        var headers = Self.json
        headers[named: "If-Match"] = tag
        return try await service.send(
            .patch,
            "/v1/settings",
            headers: headers,
            bytes: ByteBuffer(bytes: try JSON.encode(request))
        )
    }

    private let change = SettingsRequest(changes: [.init(key: "security.armed", value: .number(0xE2))])

    @Test func `an admin sees every setting, others what no path or address is`() async throws {
        let all = try await service().send(.get, "/v1/settings")
        #expect(try all.value(Settings.self).settings.map(\.key) == ["security.armed", "http.lan.key"])
        #expect(all.headers[.eTag] == "\"v1\"")
        for role in [AccessRole.viewer, .desk, .technician] {
            let part = try await service(role: role).send(.get, "/v1/settings")
            let settings = try part.value(Settings.self)
            #expect(settings.settings.map(\.key) == ["security.armed"])
            #expect(settings.file == nil && settings.changesFile == nil)
            #expect(part.headers[.eTag] != all.headers[.eTag])
        }
        #expect(try await service(role: .kiosk).send(.get, "/v1/settings").status == .forbidden)
    }

    @Test func `only an admin changes or tries settings`() async throws {
        for role in [AccessRole.viewer, .desk, .technician, .kiosk] {
            let kept = Kept()
            let service = try service(kept, role: role)
            #expect(try await patch(service, change, ifMatch: "\"v1\"").status == .forbidden)
            #expect(try await service.send(.post, "/v1/settings/preview", change).status == .forbidden)
            #expect(kept.orders.withLock { $0.isEmpty })
        }
    }

    @Test func `a change says what it was made from, and is written down`() async throws {
        let kept = Kept()
        let service = try service(kept)
        let blind = try await patch(service, change, ifMatch: nil)
        #expect(blind.status.code == 428)
        #expect(kept.orders.withLock { $0.isEmpty })
        let done = try await patch(service, change, ifMatch: "\"v1\"")
        #expect(done.status == .ok)
        #expect(done.headers[.eTag] == "\"v1\"")
        #expect(try done.value(SettingsOutcome.self).restart)
        #expect(kept.orders.withLock { $0.map(\.version) } == ["v1"])
        _ = try await patch(service, change, ifMatch: "*")
        #expect(kept.orders.withLock { $0.map(\.version) } == ["v1", nil])
        let entries = try service.desk.audit.latest(limit: 10)
        #expect(entries.map(\.action) == Array(repeating: "PATCH /v1/settings", count: 3))
        #expect(entries.map(\.result) == [200, 200, 428])
    }

    @Test func `what is tried is no change`() async throws {
        let kept = Kept()
        let service = try service(kept)
        let tried = try await service.send(.post, "/v1/settings/preview", change)
        #expect(try tried.value(SettingsOutcome.self).changes.map(\.after) == [.number(0xE2)])
        #expect(kept.orders.withLock { $0.isEmpty })
        #expect(try service.desk.audit.latest(limit: 10).isEmpty)
    }

    @Test(
        arguments: [
            (.unknown(key: "x"), 422), (.fixed(key: "x", why: "y"), 409), (.mistakes(["x: found 1, wanted 2"]), 422),
            (.silence("no gate"), 409), (.outdated, 412), (.notWritten(path: "/x", cause: "full"), 503),
        ] as [(SettingsRefusal, Int)]
    )
    func `a refusal is a problem with a hint`(_ refusal: SettingsRefusal, _ status: Int) async throws {
        let answer = try await patch(try service(Kept(refusal: refusal)), change, ifMatch: "*")
        #expect(answer.status.code == status)
        let problem = try answer.value(Problem.self)
        #expect(problem.hint?.isEmpty == false && !problem.detail.isEmpty)
    }

    @Test(
        arguments: [
            #"{"changes":[]}"#, #"{"changes":[{"key":"a","value":{"b":1}}]}"#,
            #"{"changes":[{"key":"a","value":1.5}]}"#,
            #"{"changes":[{"value":1}]}"#, "[]",
        ]
    )
    func `what is no change is refused`(_ text: String) async throws {
        var headers = Self.json
        headers[named: "If-Match"] = "*"
        let answer = try await service().send(
            .patch,
            "/v1/settings",
            headers: headers,
            bytes: ByteBuffer(string: text)
        )
        #expect(answer.status == .badRequest)
    }
}
