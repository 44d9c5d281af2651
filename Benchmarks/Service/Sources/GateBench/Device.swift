import Field
import Figures
import Glibc
import Readers
import Synchronization
import Tags

/// A gate's reader on a thread of its own, at the far end of a real terminal line or socket: it answers at once, and
/// notes when the last byte of each answer was handed over.
final class Device: Sendable {
    /// What came of the passages.
    struct Result {
        /// From the last answer before the edge to the edge.
        var latencies = Histogram()
        /// From the tag's coming into the field to the edge: looks, questions to the tag and waiting included.
        var totals = Histogram()
        var missed = 0
    }

    private let result = Mutex(Result())
    let done = Atomic<Bool>(false)
    private let descriptor: Int32
    private let passages: Int
    private let makeTag: @Sendable (Int) -> VirtualTag
    private let edge: Edge

    /// The line's end; where a socket listens for one, its negative number was given, and the line is waited for.
    private func connected() -> Int32 {
        guard descriptor < 0 else { return descriptor }
        let line = accept(-descriptor, nil, nil)
        var one: Int32 = 1
        setsockopt(line, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout.size(ofValue: one)))
        return line
    }

    /// After this long without an edge a passage counts as missed.
    private static let patience: UInt64 = 1_000_000_000
    /// Rest between two passages.
    private static let rest: UInt64 = 25_000_000

    init(
        _ descriptor: Int32,
        passages: Int,
        edge: Edge,
        makeTag: @escaping @Sendable (Int) -> VirtualTag
    ) {
        self.descriptor = descriptor
        self.passages = passages
        self.edge = edge
        self.makeTag = makeTag
    }

    var latencies: Result { result.withLock { $0 } }

    func start() {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Device>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        pthread_detach(thread)
    }

    private func run() {
        // Hardware is not kept waiting by other programs of this machine.
        var parameter = sched_param(sched_priority: 20)
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter)
        let descriptor = connected()
        var twin = FEIGTwin(.pad)
        var air: any Air = RadioField(tags: [], seed: 1)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var passage = 0
        var began: UInt64 = 0
        var writes: [UInt64] = []
        var next = now() + 1_000_000_000
        while passage < passages {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 5) > 0 {
                let count = read(descriptor, &buffer, buffer.count)
                if count > 0 {
                    let reply = twin.receive(Array(buffer[..<count]), air: &air)
                    if !reply.isEmpty {
                        writes = writes.suffix(31) + [now()]
                        _ = write(descriptor, reply, reply.count)
                    }
                }
            }
            let at = edge.at.exchange(0, ordering: .acquiringAndReleasing)
            if began > 0, at > 0 {
                // The answer that was handed over last before the edge is the one that decided.
                if let write = writes.last(where: { $0 < at }) {
                    result.withLock {
                        $0.latencies.record(at - write)
                        $0.totals.record(at - began)
                    }
                }
                (began, air) = (0, RadioField(tags: [], seed: 1))
                next = now() + Self.rest
                passage += 1
            } else if began > 0, now() - began > Self.patience {
                result.withLock { $0.missed += 1 }
                (began, air) = (0, RadioField(tags: [], seed: 1))
                next = now() + Self.rest
                passage += 1
            } else if began == 0, now() >= next, !edge.isOn.load(ordering: .acquiring) {
                air = RadioField(tags: [RadioField.Placed(tag: makeTag(passage))], seed: 1)
                began = now()
            }
        }
        done.store(true, ordering: .releasing)
    }
}
