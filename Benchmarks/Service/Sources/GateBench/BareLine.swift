import CLinux
import Glibc
import Synchronization
import Wire

/// What the machine needs by itself: a thread that waits on a terminal line, before all threads of the gate, and does
/// nothing but note when it was woken.
///
/// Below this no service can come; on a virtual machine it is often more than half of the whole.
final class BareLine: Sendable {
    private let far: Int32
    private let near: Int32
    private let written = Atomic<UInt64>(0)
    private let woken = Atomic<UInt64>(0)

    /// As many bytes as an answer with one tag.
    private static let answer = [UInt8](repeating: 0x5A, count: 20)

    /// Throws where the system has no terminal line left.
    init() throws(LinkError) {
        let pair = try TerminalPair()
        far = pair.far
        near = open(pair.path, O_RDWR | O_NOCTTY)
        guard near >= 0 else {
            let error = TerminalPair.failure("open \(pair.path)")
            close(pair.far)
            throw error
        }
        var line = termios()
        tcgetattr(near, &line)
        cfmakeraw(&line)
        tcsetattr(near, TCSANOW, &line)
        BenchThread.start(.bareLine) { [self] _ in wait() }
    }

    /// Writes to the line, unless the last time has not been answered yet.
    func ring() {
        guard written.load(ordering: .acquiring) == 0 else { return }
        written.store(now(), ordering: .releasing)
        _ = write(far, Self.answer, Self.answer.count)
    }

    /// From the writing to the waking, once for each; `nil` while nobody was woken.
    func answered() -> ClosedRange<UInt64>? {
        let at = woken.exchange(0, ordering: .acquiringAndReleasing)
        guard at > 0 else { return nil }
        let from = written.exchange(0, ordering: .acquiringAndReleasing)
        return from > 0 ? from...max(from, at) : nil
    }

    /// Ends the thread.
    func hangUp() { close(far) }

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
