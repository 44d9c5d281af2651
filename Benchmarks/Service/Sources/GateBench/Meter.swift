import CMeter
import Figures
import Glibc
import Synchronization

/// Looks at each processor every few milliseconds while something else is measured: a thread is woken there and does the
/// same short work, some 15 µs of it, which is less than half a percent of the processor.
final class Meter: Sendable {
    private struct State {
        var looks: [[SlowTimes.Look]] = []
        var running = 0
        var isUrgent = true
        /// Where the work's result goes, so that the compiler does not leave it out.
        var result: UInt64 = 0
    }

    private let state = Mutex(State())
    private let isOver = Atomic<Bool>(false)

    /// How late an ordinary look may come: the kernel itself needs some hundredths of that.
    static let latest: UInt64 = 1_000_000
    private static let period: UInt64 = 4_000_000
    private static let steps = 6000

    /// - Parameter seconds: how long it will be needed, about: room for its looks is made now and not beside a passage.
    func start(seconds: Int) {
        let processors = Int32(clamping: sysconf(Int32(_SC_NPROCESSORS_CONF)))
        state.withLock { $0.running = Int(processors) }
        for processor in 0..<processors {
            BenchThread.start(.meter) { [self] isUrgent in
                var looks: [SlowTimes.Look] = []
                var result: UInt64 = 0
                if cmeter_stay_on(processor) == 0 {
                    looks.reserveCapacity(min(seconds, 3600) * 250)
                    result = look(into: &looks)
                }
                state.withLock { state in
                    if !looks.isEmpty { state.looks.append(looks) }
                    state.isUrgent = state.isUrgent && isUrgent
                    state.result ^= result
                    state.running -= 1
                }
            }
        }
    }

    /// Ends the looks, and tells what they came to.
    func stop() async -> SlowTimes {
        isOver.store(true, ordering: .releasing)
        while state.withLock({ $0.running > 0 }) { try? await Task.sleep(for: .milliseconds(1)) }
        return state.withLock { SlowTimes($0.looks, latest: $0.isUrgent ? Self.latest : nil) }
    }

    private func look(into looks: inout [SlowTimes.Look]) -> UInt64 {
        var value: UInt64 = 88_172_645_463_325_252
        var due = now() + Self.period
        while !isOver.load(ordering: .acquiring) {
            var until = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nil)
            let woken = now()
            let begun = processorTime()
            // Each step needs the one before: what another thread of the same core does hardly changes its pace.
            for _ in 0..<Self.steps {
                value ^= value << 13
                value ^= value >> 7
                value ^= value << 17
            }
            looks.append(SlowTimes.Look(due: due, woken: woken, work: processorTime() - begun))
            due = max(due, woken) + Self.period
        }
        return value
    }

    /// Nanoseconds that the calling thread has had of a processor.
    private func processorTime() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
