import ServiceLifecycle
import Testing

@testable import Interfaces

@Suite struct UntilShutdownTests {
    private struct Trouble: Error, Equatable {}

    @Test func `what ends by itself gives what it has`() async throws {
        #expect(await untilShutdown { 5 } == 5)
        await #expect(throws: Trouble()) { try await untilShutdown { throw Trouble() } }
    }

    @Test(.timeLimit(.minutes(10))) func `who is cancelled before anybody waits ends all the same`() async {
        for _ in 0..<200 {
            let task = Task { await untilShutdown { try? await Task.sleep(for: .seconds(3600)) } }
            task.cancel()
            await task.value
        }
    }

    @Test(.timeLimit(.minutes(10))) func `a service that is to stop ends what it does`() async throws {
        struct Waiting: Service {
            let started: AsyncStream<Void>.Continuation

            func run() async throws {
                started.yield()
                await untilShutdown { try? await Task.sleep(for: .seconds(3600)) }
            }
        }
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: Waiting(started: started), successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                logger: TestService.logger
            )
        )
        let running = Task { try await group.run() }
        _ = await starts.first { _ in true }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
