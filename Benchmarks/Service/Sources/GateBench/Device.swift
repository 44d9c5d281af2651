import Field
import Glibc
import Readers
import Synchronization
import Tags

/// A gate's reader on a thread of its own, at the far end of a real terminal line or socket: it answers at once, and
/// notes when the last byte of each answer was handed over. Between two passages it asks the bare line.
final class Device: Sendable {
    /// A tag that came into the field, and made the siren ring; nanoseconds on CLOCK_MONOTONIC.
    struct Passage: Sendable {
        var began: UInt64
        /// When the last answer before the edge was handed over: it is the one that decided.
        var answered: UInt64
        var edge: UInt64
    }

    /// What came of the passages.
    struct Result: Sendable {
        var passages: [Passage] = []
        var missed = 0
        /// From writing to the bare line to the waking of its thread, between two passages each.
        var bare: [ClosedRange<UInt64>] = []
    }

    private let result = Mutex(Result())
    let done = Atomic<Bool>(false)
    private let descriptor: Int32
    private let passages: Int
    private let makeTag: @Sendable (Int) -> VirtualTag
    private let edge: Edge
    private let bare: BareLine

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
        bare: BareLine,
        makeTag: @escaping @Sendable (Int) -> VirtualTag
    ) {
        self.descriptor = descriptor
        self.passages = passages
        self.edge = edge
        self.bare = bare
        self.makeTag = makeTag
    }

    var outcome: Result { result.withLock { $0 } }

    func start() {
        BenchThread.start(.device) { [self] _ in run() }
    }

    private func run() {
        let descriptor = connected()
        var twin = FEIGTwin(.pad)
        var air: any Air = RadioField(tags: [], seed: 1)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var passage = 0
        var began: UInt64 = 0
        var writes: [UInt64] = []
        var next = now() + 1_000_000_000
        // In the middle of the rest, when nothing of the gate goes on but its looks.
        var ring = next - Self.rest / 2
        result.withLock {
            $0.passages.reserveCapacity(passages)
            $0.bare.reserveCapacity(passages)
        }
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
            if let span = bare.answered() { result.withLock { $0.bare.append(span) } }
            let at = edge.at.exchange(0, ordering: .acquiringAndReleasing)
            if began > 0, at > 0 {
                if let answered = writes.last(where: { $0 < at }) {
                    let took = Passage(began: began, answered: answered, edge: at)
                    result.withLock { $0.passages.append(took) }
                }
                (began, air) = (0, RadioField(tags: [], seed: 1))
                next = now() + Self.rest
                ring = next - Self.rest / 2
                passage += 1
            } else if began > 0, now() - began > Self.patience {
                result.withLock { $0.missed += 1 }
                (began, air) = (0, RadioField(tags: [], seed: 1))
                next = now() + Self.rest
                ring = next - Self.rest / 2
                passage += 1
            } else if began == 0, ring > 0, now() >= ring {
                ring = 0
                bare.ring()
            } else if began == 0, now() >= next, !edge.isOn.load(ordering: .acquiring) {
                air = RadioField(tags: [RadioField.Placed(tag: makeTag(passage))], seed: 1)
                began = now()
            }
        }
        done.store(true, ordering: .releasing)
    }
}
