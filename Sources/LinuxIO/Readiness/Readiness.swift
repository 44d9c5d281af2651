package import Wire

/// Wakes tasks when the device they wait for has something to say: one thread for all links of the program.
///
/// Make one at the start and hand it to every link. The thread sleeps in the kernel's epoll between events and ends
/// when the last link and the owner have let go. A ``ThreadExecutor`` has one of its own without a thread of its own.
package final class Readiness: Sendable {
    private let loop: ReadinessLoop

    /// Starts the thread. Throws ``LinkError/system(errno:call:meaning:)`` where the kernel has no descriptor or no
    /// thread left.
    package init() throws(LinkError) {
        loop = try ReadinessLoop()
        try loop.start()
    }

    /// Leaves it to somebody else's thread to wait for events.
    init(_ loop: ReadinessLoop) {
        self.loop = loop
    }

    deinit {
        loop.stop()
    }

    /// Suspends until the descriptor can be read or written; a descriptor may have one waiter at a time.
    ///
    /// A hung-up descriptor counts as ready: the read or write that follows says so. Throws ``LinkError/timedOut`` at
    /// the deadline, and ``LinkError/system(errno:call:meaning:)`` with ECANCELED at once when the task is cancelled.
    /// On return, however it ends, the kernel has forgotten the descriptor, so that its number may be used again.
    func wait(
        for interest: Interest,
        on descriptor: borrowing Descriptor,
        until deadline: Deadline
    ) async throws(LinkError) {
        let ticket = loop.ticket()
        let number = descriptor.raw
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.enter(ticket, waiting: .init(number, interest, until: deadline, continuation))
            }
        } onCancel: {
            loop.finish(ticket, .cancelled)
        }
        switch outcome {
        case .ready: return
        case .timedOut: throw .timedOut
        case .cancelled: throw .cancelled
        case .refused(let code): throw .system("epoll_ctl", code)
        }
    }
}

extension Readiness {
    /// What a task waits for.
    enum Interest: Sendable {
        case reading, writing
    }

    /// How a wait ended.
    enum Outcome: Hashable, Sendable {
        case ready, timedOut, cancelled
        /// The kernel would not watch this descriptor.
        case refused(code: Int32)
    }
}
