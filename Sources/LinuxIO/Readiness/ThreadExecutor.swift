import CLinux
import Glibc
import Synchronization
package import Wire

/// A thread of its own for tasks that must not stand in line behind the rest of the program: the gates' short way.
///
/// The program's other tasks share as many threads as there are processor cores; an import keeps one of them busy for
/// minutes. A task that prefers this executor runs here, and an actor that has it for its own runs here whoever calls
/// it: otherwise a caller of the common threads that is interrupted within the actor would hold up the siren. It lives
/// until ``stop()``.
package final class ThreadExecutor: TaskExecutor, SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isAsleep = false
        var isStopped = false
    }

    private let state = Mutex(State())
    /// Wakes the thread: a counter in the kernel.
    private let bell: Descriptor

    /// - Parameter name: as `top -H` shows it, 15 characters at most.
    package init(name: StaticString) throws(LinkError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC))
        guard number >= 0 else { throw .system("eventfd") }
        bell = Descriptor(owning: number)
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
        if mustWake { ring() }
    }

    /// Ends the thread when it has nothing left to do.
    package func stop() {
        state.withLock { $0.isStopped = true }
        ring()
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell.raw, &one, MemoryLayout.size(ofValue: one))
    }

    private func run() {
        var jobs: [UnownedJob] = []
        while true {
            let isStopped = state.withLock { state in
                swap(&jobs, &state.jobs)
                state.isAsleep = jobs.isEmpty
                return state.isStopped
            }
            if jobs.isEmpty {
                if isStopped { return }
                var count: UInt64 = 0
                _ = read(bell.raw, &count, MemoryLayout.size(ofValue: count))
                continue
            }
            for job in jobs {
                job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
            jobs.removeAll(keepingCapacity: true)
        }
    }
}
