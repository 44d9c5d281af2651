import Glibc
import Testing

@testable import LinuxIO

/// The thread that a task runs on.
private func thread() async -> Int { Int(bitPattern: pthread_self()) }

private actor Counter {
    private(set) var threads: Set<Int> = []

    func count() { threads.insert(Int(bitPattern: pthread_self())) }
}

@Test func `tasks that prefer the executor run on its one thread, through actors and suspensions`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let counter = Counter()
    let threads = await withTaskExecutorPreference(executor) {
        var threads: Set<Int> = []
        for _ in 0..<100 {
            threads.insert(await thread())
            await counter.count()
            await Task.yield()
        }
        return threads
    }
    #expect(threads.count == 1)
    #expect(await counter.threads == threads)
    #expect(!threads.contains(Int(bitPattern: pthread_self())))
    executor.stop()
}

@Test func `a busy program does not hold up the executor's own tasks`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    await withTaskGroup(of: Void.self) { group in
        // As many tasks as the program has threads, all busy until the executor has done its work.
        let gate = Counter()
        for _ in 0..<8 {
            group.addTask {
                while await gate.threads.isEmpty { for _ in 0..<1000 { _ = pthread_self() } }
            }
        }
        await withTaskExecutorPreference(executor) { await gate.count() }
        await group.waitForAll()
        #expect(await gate.threads.count == 1)
    }
    executor.stop()
}

/// An actor with a thread of its own.
private actor Seated {
    private let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private(set) var threads: Set<Int> = []

    init(_ executor: ThreadExecutor) {
        self.executor = executor
    }

    func count() async {
        threads.insert(Int(bitPattern: pthread_self()))
        await Task.yield()
        threads.insert(Int(bitPattern: pthread_self()))
        // A task that starts here stays here, too.
        await Task { _ = self.threads.insert(Int(bitPattern: pthread_self())) }.value
    }
}

@Test func `an actor of the executor works on its thread, whoever calls it`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let seated = Seated(executor)
    let own = await withTaskExecutorPreference(executor) { await thread() }
    await withTaskGroup(of: Void.self) { group in
        for _ in 0..<50 { group.addTask { await seated.count() } }
        group.addTask { await withTaskExecutorPreference(executor) { await seated.count() } }
    }
    #expect(await seated.threads == [own])
    executor.stop()
}
