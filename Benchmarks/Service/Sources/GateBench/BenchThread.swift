import Glibc

/// A thread of its own that no other program of the machine keeps waiting, where the system grants that.
enum BenchThread {
    /// Who goes before whom; the gate's own thread has 10.
    enum Urgency: Int32, Sendable {
        /// A reader is hardware.
        case device = 20
        /// What the machine alone needs is not to count waiting for the gate.
        case bareLine = 30
        case meter = 40
    }

    /// Runs `body` on a new thread, which ends when it returns.
    ///
    /// - Parameter body: is told whether nothing else of the machine goes before it.
    static func start(_ urgency: Urgency, _ body: @escaping @Sendable (_ isUrgent: Bool) -> Void) {
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                var parameter = sched_param(sched_priority: work.urgency.rawValue)
                work.body(pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter) == 0)
                return nil
            },
            Unmanaged.passRetained(Work(urgency, body)).toOpaque()
        )
        if code != 0 { fatalError("pthread_create: errno \(code)") }
        pthread_detach(thread)
    }

    private final class Work: Sendable {
        let urgency: Urgency
        let body: @Sendable (Bool) -> Void

        init(_ urgency: Urgency, _ body: @escaping @Sendable (Bool) -> Void) {
            self.urgency = urgency
            self.body = body
        }
    }
}
