import Glibc
import Synchronization
import Testing
import Wire

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

@Test(.timeLimit(.minutes(10)))
func `a busy program does not hold up the executor's own tasks`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    await withTaskGroup(of: Void.self) { group in
        // As many tasks as the program has threads, all busy until the executor has done its work.
        let gate = Counter()
        for _ in 0..<8 {
            group.addTask {
                while await gate.threads.isEmpty, !Task.isCancelled { for _ in 0..<1000 { _ = pthread_self() } }
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

@Test func `what a device says is heard on the executor's own thread`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    let hearing = Task(executorPreference: executor) {
        let near = Descriptor(owning: reading)
        let before = await thread()
        let bytes = try await executor.readiness.read(from: near, within: patience)
        return (bytes, before == Int(bitPattern: pthread_self()))
    }
    try await executor.readiness.write([1, 2, 3], to: far, within: patience, by: .send)
    let (bytes, isSame) = try await hearing.value
    #expect(bytes == [1, 2, 3] && isSame)
    executor.stop()
}

private final class Word: Sendable {
    let isHeard = Atomic(false)
}

@Test func `jobs that follow each other without end leave room for a device`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    let word = Word()
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: executor) {
            while !word.isHeard.load(ordering: .acquiring) {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
        group.addTask(executorPreference: executor) {
            let near = Descriptor(owning: reading)
            let bytes = try await executor.readiness.read(from: near, within: patience)
            #expect(bytes == [7])
            word.isHeard.store(true, ordering: .releasing)
        }
        try await executor.readiness.write([7], to: far, within: patience, by: .send)
        try await group.waitForAll()
    }
    executor.stop()
}

@Test func `a wait on the executor's thread ends at its deadline, and when it is cancelled`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    await withTaskExecutorPreference(executor) {
        let near = Descriptor(owning: reading)
        let start = Deadline.now
        await #expect(throws: LinkError.timedOut) {
            try await executor.readiness.read(from: near, within: .milliseconds(20))
        }
        #expect(Deadline.now.after(start) >= .milliseconds(20))
        let waiting = Task {
            let (other, silent) = try makePair()
            let near = Descriptor(owning: other)
            let far = Descriptor(owning: silent)
            _ = try await executor.readiness.read(from: near, within: .seconds(600))
            _ = consume far
        }
        waiting.cancel()
        await #expect(throws: LinkError.cancelled) { try await waiting.value }
    }
    _ = consume far
    executor.stop()
}

/// Whether this process may give itself real-time priority.
private let mayHurry: Bool = {
    var (first, usual) = (sched_param(sched_priority: 1), sched_param(sched_priority: 0))
    guard sched_setscheduler(0, SCHED_FIFO, &first) == 0 else { return false }
    return sched_setscheduler(0, SCHED_OTHER, &usual) == 0
}()

/// By which policy of sched(7) a new thread runs that the calling one starts.
private func policyOfNewThread() async -> CInt? {
    var thread = pthread_t()
    let code = pthread_create(
        &thread,
        nil,
        { _ in UnsafeMutableRawPointer(bitPattern: Int(sched_getscheduler(0)) + 1) },
        nil
    )
    guard code == 0 else { return nil }
    var result: UnsafeMutableRawPointer?
    pthread_join(thread, &result)
    return CInt(Int(bitPattern: result) - 1)
}

@Test(.enabled(if: mayHurry, "needs the right to real-time priority"))
func `what the executor's thread starts does not run before the others`() async throws {
    let executor = try ThreadExecutor(name: "gate test")
    let (own, started) = await withTaskExecutorPreference(executor) {
        (await policy(), await policyOfNewThread())
    }
    #expect(own & 0xFF == SCHED_FIFO)
    #expect(started == SCHED_OTHER)
    executor.stop()
}

private func policy() async -> CInt { sched_getscheduler(0) }
