import Glibc
import Wire

/// A thread of our own, for calls that block by their nature and must not hold up the tasks of the program.
enum DetachedThread {
    /// Runs `body` on a new thread, which ends when it returns.
    static func start(_ body: @escaping @Sendable () -> Void) throws(LinkError) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            throw .system("pthread_create", code)
        }
        pthread_detach(thread)
    }

    /// Lets the calling thread go before the others where the system grants it; it must never work for long.
    ///
    /// Real-time where the service may (the gate's drop-in), else niceness -15 (`LimitNICE`, as in the unit file);
    /// without either the thread is as good as any other. Threads that this one starts inherit no real-time priority:
    /// the program's pool grows by whoever hands it something, and an import at the gate's priority would keep the gate
    /// out. Their niceness the pool sets itself.
    static func hurry() {
        var parameter = sched_param(sched_priority: 10)
        guard sched_setscheduler(0, SCHED_FIFO | resetOnFork, &parameter) != 0 else { return }
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, -15)
    }

    /// `SCHED_RESET_ON_FORK` of sched(7), which is no number to Swift.
    private static let resetOnFork: CInt = 0x4000_0000

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
