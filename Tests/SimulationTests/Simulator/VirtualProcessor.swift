import Field
import Glibc
import Synchronization

/// One thread, one clock that moves when nothing is left to do, and a seed that chooses whose turn is next: whatever
/// runs here takes the same steps again with the same seed.
///
/// Tasks that are started with it as their preferred executor stay on it with all their children and all actors that
/// have no thread of their own. A step is what a task does between two suspensions.
final class VirtualProcessor: TaskExecutor, @unchecked Sendable {
    // Everything but `strangers` is touched by the owning thread alone: that is what this class is about.
    private let thread = pthread_self()
    private var ready: [UnownedJob] = []
    private var timers = TimerQueue()
    private var chance: SeededGenerator
    private let strangers = Mutex<(jobs: [UnownedJob], count: Int)>(([], 0))

    /// Time since the simulation began.
    private(set) var now = Duration.zero
    private(set) var steps: UInt64 = 0
    /// The most tasks that were ready at once, and the most that waited for the clock.
    private(set) var mostReady = 0
    private(set) var mostTimers = 0
    /// Somebody has seen enough: the run ends here.
    private var isHalted = false
    /// Looked at between two steps, where a program can be killed.
    var betweenSteps: () -> Void = {}

    init(seed: UInt64) {
        chance = SeededGenerator(seed: seed ^ 0x5EED_0F5C_4ED0_1E55)
    }

    /// Tasks that came from another thread: whatever is not zero here is chance that no seed repeats.
    var strangerCount: Int { strangers.withLock { $0.count } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard pthread_equal(pthread_self(), thread) == 0 else {
            ready.append(job)
            return
        }
        strangers.withLock { strangers in
            strangers.jobs.append(job)
            strangers.count += 1
        }
    }

    /// Runs `body` and everything that it starts, on this thread, to its end.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) throws(Standstill) -> Value {
        let result = Result<Value>()
        start { result.value = await body() }
        while true {
            if let value = result.value { return value }
            try step()
        }
    }

    private final class Result<Value>: @unchecked Sendable {
        var value: Value?
    }

    /// Starts a task here.
    @discardableResult
    func start(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    func halt() { isHalted = true }

    private func step() throws(Standstill) {
        betweenSteps()
        guard !isHalted else { throw Standstill(at: now, isHalted: true) }
        strangers.withLock { strangers in
            ready += strangers.jobs
            strangers.jobs = []
        }
        mostReady = max(mostReady, ready.count)
        mostTimers = max(mostTimers, timers.count)
        guard !ready.isEmpty else {
            guard let due = timers.next else { throw Standstill(at: now, isHalted: false) }
            now = max(now, due)
            for waiter in timers.due(at: now) { waiter.resume() }
            return
        }
        let place = ready.count == 1 ? 0 : Int(chance.next() % UInt64(ready.count))
        let job = ready.remove(at: place)
        steps &+= 1
        job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// The simulation has not ended, and nothing is ready and nothing waits for the clock, or somebody halted it.
    struct Standstill: Error, CustomStringConvertible {
        let at: Duration
        let isHalted: Bool
        var description: String { "standstill at \(at): everybody waits for somebody else" }
    }
}

// MARK: - Waiting

extension VirtualProcessor {
    func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        await wait(until: now + max(duration, .zero), at: takeBell())
        try Task.checkCancellation()
    }

    /// A number at which somebody can wait and be woken before the time.
    func takeBell() -> Int { timers.takeNumber() }

    /// Waits until the moment, or until the bell rings or the task is cancelled.
    func wait(until due: Duration, at bell: Int) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if Task.isCancelled { continuation.resume() } else { timers.add(continuation, due: due, number: bell) }
            }
        } onCancel: {
            ring(bell)
        }
    }

    func ring(_ bell: Int) {
        timers.take(bell)?.resume()
    }
}
