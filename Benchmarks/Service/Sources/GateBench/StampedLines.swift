import Glibc
import Synchronization
import Wire

/// Nanoseconds on CLOCK_MONOTONIC.
func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// The simulated line: notes when it went on.
struct StampedLines: Lines, ~Copyable {
    /// When the line went on; 0 while it is off or after somebody has looked.
    final class Edge: Sendable {
        let at = Atomic<UInt64>(0)
        let isOn = Atomic<Bool>(false)
    }

    let edge: Edge

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        if on { edge.at.store(now(), ordering: .releasing) }
        edge.isOn.store(on, ordering: .releasing)
    }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}
