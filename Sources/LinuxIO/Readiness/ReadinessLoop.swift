import CLinux
import Glibc
import Synchronization
import Wire

/// The table of those who wait behind ``Readiness``, and the thread that wakes them: one of its own after ``start()``, or
/// a ``ThreadExecutor``'s, which waits here whenever it has nothing to do.
///
/// Every wait has a ticket of its own, never used twice: an event that the kernel reports late finds no such ticket
/// and is ignored, so that neither a continuation nor a reused descriptor number can be hit by mistake. Entries are
/// taken out of the table, and out of the kernel, before their task is woken.
final class ReadinessLoop: Sendable {
    private static let bellTicket: UInt64 = 0
    private static let timerTicket: UInt64 = 1

    private let events: Descriptor
    private let timer: Descriptor
    /// Wakes the thread though no device has anything to say: a counter in the kernel.
    private let bell: Descriptor
    private let table = Mutex(Table())

    init() throws(LinkError) {
        events = try Self.owned(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create1")
        let timerFlags = Int32(TFD_NONBLOCK | TFD_CLOEXEC)
        timer = try Self.owned(timerfd_create(CLOCK_MONOTONIC, timerFlags), "timerfd_create")
        bell = try Self.owned(eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)), "eventfd")
        try watch(bell.raw, EPOLLIN.rawValue, Self.bellTicket)
        try watch(timer.raw, EPOLLIN.rawValue, Self.timerTicket)
    }

    /// Starts the thread, which keeps the loop alive until ``stop()``.
    func start() throws(LinkError) {
        try DetachedThread.start { self.run() }
    }

    func stop() {
        table.withLock { $0.isStopped = true }
        ring()
    }

    /// Ends the thread's wait for events, if it waits.
    func ring() {
        var one: UInt64 = 1
        _ = write(bell.raw, &one, MemoryLayout.size(ofValue: one))
    }

    /// Reserves a place in the table, so that a cancellation that comes before ``enter(_:waiting:)`` is not lost.
    func ticket() -> UInt64 {
        table.withLock { table in
            table.lastTicket += 1
            table.entries[table.lastTicket] = .reserved
            return table.lastTicket
        }
    }

    /// Puts a waiter on its reserved place, unless it was cancelled in between.
    func enter(_ ticket: UInt64, waiting waiter: Waiter) {
        let immediate: Readiness.Outcome? = table.withLock { table in
            guard case .reserved = table.entries[ticket] else {
                table.entries[ticket] = nil
                return .cancelled
            }
            let mask = waiter.interest == .reading ? EPOLLIN.rawValue | EPOLLPRI.rawValue : EPOLLOUT.rawValue
            do throws(LinkError) {
                try watch(waiter.descriptor, mask | EPOLLONESHOT.rawValue, ticket)
            } catch {
                table.entries[ticket] = nil
                guard case .system(let code, _, _) = error else { return .refused(code: EBADF) }
                return .refused(code: code)
            }
            table.entries[ticket] = .waiting(waiter)
            if waiter.deadline < table.armed { arm(waiter.deadline, &table) }
            return nil
        }
        if let immediate { waiter.continuation.resume(returning: immediate) }
    }

    /// Ends a wait, if it has not ended otherwise.
    func finish(_ ticket: UInt64, _ outcome: Readiness.Outcome) {
        let waiter: Waiter? = table.withLock { table in
            switch table.entries[ticket] {
            case .waiting(let waiter):
                table.entries[ticket] = nil
                unwatch(waiter.descriptor)
                return waiter
            case .reserved:
                table.entries[ticket] = .cancelled
                return nil
            case .cancelled, nil:
                return nil
            }
        }
        waiter?.continuation.resume(returning: outcome)
    }

    private func run() {
        clinux_name_thread("readiness")
        // It only wakes others, and an alarm may be among those that wait.
        DetachedThread.hurry()
        var fired = Self.portion
        while !table.withLock({ $0.isStopped }) {
            let count = events(waiting: true, into: &fired)
            take(fired.prefix(count))
        }
    }

    /// Room for what the kernel tells at once.
    static var portion: [epoll_event] { [epoll_event](repeating: epoll_event(), count: 64) }

    /// How many events the kernel has put into `fired`; waits for the first where that is wanted.
    func events(waiting: Bool, into fired: inout [epoll_event]) -> Int {
        max(0, Int(epoll_wait(events.raw, &fired, Int32(fired.count), waiting ? -1 : 0)))
    }

    /// Ends the waits that the events are for; their tasks go on where they run.
    func take(_ fired: ArraySlice<epoll_event>) {
        for event in fired {
            switch event.data.u64 {
            case Self.bellTicket: clear(bell)
            case Self.timerTicket: expire()
            case let ticket: finish(ticket, .ready)
            }
        }
    }

    private func clear(_ counter: borrowing Descriptor) {
        var count: UInt64 = 0
        _ = read(counter.raw, &count, MemoryLayout.size(ofValue: count))
    }

    /// Wakes those whose time is up and sets the timer for the next.
    private func expire() {
        clear(timer)
        let now = Deadline.now
        let overdue = table.withLock { table in
            var next = Deadline.never
            var overdue: [UInt64] = []
            for case (let ticket, .waiting(let waiter)) in table.entries {
                if waiter.deadline <= now { overdue.append(ticket) } else { next = min(next, waiter.deadline) }
            }
            arm(next, &table)
            return overdue
        }
        for ticket in overdue { finish(ticket, .timedOut) }
    }

    private func arm(_ deadline: Deadline, _ table: inout Table) {
        table.armed = deadline
        var setting = itimerspec()
        if deadline != .never {
            // A timer set to zero would be switched off, and time zero is long past.
            let nanoseconds = max(1, deadline.nanoseconds)
            setting.it_value.tv_sec = Int(nanoseconds / 1_000_000_000)
            setting.it_value.tv_nsec = Int(nanoseconds % 1_000_000_000)
        }
        timerfd_settime(timer.raw, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }

    private func watch(_ descriptor: Int32, _ mask: UInt32, _ ticket: UInt64) throws(LinkError) {
        var event = epoll_event(events: mask, data: epoll_data_t(u64: ticket))
        guard epoll_ctl(events.raw, EPOLL_CTL_ADD, descriptor, &event) == 0 else { throw .system("epoll_ctl") }
    }

    private func unwatch(_ descriptor: Int32) {
        var unused = epoll_event()
        epoll_ctl(events.raw, EPOLL_CTL_DEL, descriptor, &unused)
    }

    private static func owned(_ result: Int32, _ call: String) throws(LinkError) -> Descriptor {
        guard result >= 0 else { throw .system(call) }
        return Descriptor(owning: result)
    }
}

extension ReadinessLoop {
    /// A suspended task and what it waits for.
    struct Waiter: Sendable {
        var descriptor: Int32
        var interest: Readiness.Interest
        var deadline: Deadline
        var continuation: CheckedContinuation<Readiness.Outcome, Never>

        init(
            _ descriptor: Int32,
            _ interest: Readiness.Interest,
            until deadline: Deadline,
            _ continuation: CheckedContinuation<Readiness.Outcome, Never>
        ) {
            self.descriptor = descriptor
            self.interest = interest
            self.deadline = deadline
            self.continuation = continuation
        }
    }

    /// Where a ticket stands; a ticket without entry is done.
    private enum Entry {
        /// Its task is about to wait.
        case reserved
        case waiting(Waiter)
        /// Its task was cancelled before it waited.
        case cancelled
    }

    private struct Table {
        var entries: [UInt64: Entry] = [:]
        var isStopped = false
        /// The timer and the bell have the tickets below.
        var lastTicket: UInt64 = 1
        /// When the timer fires next.
        var armed = Deadline.never
    }
}
