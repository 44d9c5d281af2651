import Interfaces
import ServiceLifecycle

/// Work without an end as a part of the service: cancelled when the service is told to stop.
struct Working: Service {
    let work: @Sendable () async -> Void

    init(_ work: @escaping @Sendable () async -> Void) {
        self.work = work
    }

    func run() async throws {
        await untilShutdown(work)
    }
}
