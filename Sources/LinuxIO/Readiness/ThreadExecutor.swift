import CLinux
import Glibc
import Synchronization
package import Wire

/// A thread of its own for tasks that must not stand in line behind the rest of the program: the gates' short way.
///
/// The program's other tasks share as many threads as there are processor cores; an import keeps one of them busy for
/// minutes. A task that prefers this executor runs here, and an actor that has it for its own runs here whoever calls
/// it: otherwise a caller of the common threads that is interrupted within the actor would hold up the siren. Between
/// jobs the thread waits for the devices of its ``readiness`` itself: what such a device says needs no second thread to
/// be woken. It lives until ``stop()``.
package final class ThreadExecutor: TaskExecutor, SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isAsleep = false
        var isStopped = false
    }

    private let state = Mutex(State())
    private let loop: ReadinessLoop
    /// For the links of tasks that run here; nobody is woken by it after ``stop()``.
    package let readiness: Readiness

    /// - Parameter name: as `top -H` shows it, 15 characters at most.
    package init(name: StaticString) throws(LinkError) {
        loop = try ReadinessLoop()
        readiness = Readiness(loop)
        try DetachedThread.start { [self] in
            clinux_name_thread(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self))
            DetachedThread.hurry()
            run()
        }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { loop.ring() }
    }

    /// Ends the thread when it has nothing left to do.
    package func stop() {
        state.withLock { $0.isStopped = true }
        loop.ring()
    }

    private func run() {
        var jobs: [UnownedJob] = []
        var fired = ReadinessLoop.portion
        while true {
            let isStopped = state.withLock { state in
                swap(&jobs, &state.jobs)
                state.isAsleep = jobs.isEmpty && !state.isStopped
                return state.isStopped
            }
            if jobs.isEmpty, isStopped { return }
            // Also between jobs that follow each other without end a device is heard.
            let count = loop.events(waiting: jobs.isEmpty, into: &fired)
            if jobs.isEmpty { state.withLock { $0.isAsleep = false } }
            loop.take(fired.prefix(count))
            for job in jobs {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
            jobs.removeAll(keepingCapacity: true)
        }
    }
}
