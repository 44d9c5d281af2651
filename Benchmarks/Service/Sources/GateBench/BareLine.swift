import CLinux
import Figures
import Glibc
import Synchronization

/// What the machine needs by itself: a thread that waits on a terminal line and does nothing but note when it was woken.
///
/// Below this no service can come; on a virtual machine it is often more than half of the whole.
final class BareLine: Sendable {
    private let near: Int32
    private let woken = Atomic<UInt64>(0)

    private init(near: Int32) {
        self.near = near
    }

    /// As many bytes as an answer with one tag, `count` times with the rest of passages between.
    static func measure(_ count: Int) -> Histogram {
        var histogram = Histogram()
        let far = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        _ = ioctl(far, clinux_pty_lock, &unlocked)
        _ = ioctl(far, clinux_pty_number, &number)
        let near = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard far >= 0, near >= 0 else { return histogram }
        var line = termios()
        tcgetattr(near, &line)
        cfmakeraw(&line)
        tcsetattr(near, TCSANOW, &line)
        let bare = BareLine(near: near)
        bare.start()
        // Before others and for this measurement alone: threads that are started later inherit it.
        var (parameter, usual) = (sched_param(sched_priority: 20), sched_param(sched_priority: 0))
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter)
        defer { pthread_setschedparam(pthread_self(), SCHED_OTHER, &usual) }
        let answer = [UInt8](repeating: 0x5A, count: 20)
        for _ in 0..<count {
            usleep(25_000)
            let written = now()
            _ = write(far, answer, answer.count)
            usleep(5_000)
            let at = bare.woken.exchange(0, ordering: .acquiringAndReleasing)
            if at > written { histogram.record(at - written) }
        }
        close(far)
        return histogram
    }

    private func start() {
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<BareLine>.fromOpaque(argument).takeRetainedValue().wait() }
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        pthread_detach(thread)
    }

    private func wait() {
        let queue = epoll_create1(0)
        var event = epoll_event(events: UInt32(EPOLLIN.rawValue), data: epoll_data_t(fd: near))
        epoll_ctl(queue, EPOLL_CTL_ADD, near, &event)
        var buffer = [UInt8](repeating: 0, count: 256)
        while epoll_wait(queue, &event, 1, -1) > 0 {
            let count = read(near, &buffer, buffer.count)
            guard count > 0 else { break }
            woken.store(now(), ordering: .releasing)
        }
        close(queue)
        close(near)
    }
}
