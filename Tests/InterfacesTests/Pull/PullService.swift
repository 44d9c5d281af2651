import Hummingbird
import HummingbirdTesting
import Importers
import Library
import Logging
import Operations
import Store
import Testing

@testable import Interfaces

/// A service without readers beside a library system on a port of its own, from which it pulls under the system's name.
func withPullService<Value: Sendable>(
    _ system: Router<BasicRequestContext>,
    _ source: PullSource,
    _ credentials: PullCredentials,
    _ body: @Sendable @escaping (ServiceDesk) async throws -> Value
) async throws -> Value {
    let store = try Store.inMemory()
    let time = Timekeeper(now: { TestService.start }, sleep: { _ in await Task.yield() })
    return try await Application(router: system).test(.live) { client in
        let port = try #require(client.port)
        let setup = PullSetup(
            name: source.system.rawValue,
            source: source,
            label: "http://127.0.0.1:\(port)",
            interval: nil,
            fullInterval: .seconds(86_400)
        ) { since in
            PullClient(address: "http://127.0.0.1:\(port)", time: time).pages(Pull(source, credentials, since: since))
        }
        let desk = try ServiceDesk(
            store: store,
            time: time,
            settings: ServiceDesk.Settings(rules: SweepRules(), shelfOrder: .standard, scheme: .lcc, snapshots: 3),
            readers: [],
            pulls: [setup],
            logger: TestService.logger
        )
        return try await body(desk)
    }
}
