import Glibc
import LinuxIO
import Synchronization
import Wire

/// Nanoseconds on CLOCK_MONOTONIC.
func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// When the siren's line went on.
final class Edge: Sendable {
    /// 0 while it is off or after somebody has looked.
    let at = Atomic<UInt64>(0)
    let isOn = Atomic<Bool>(false)

    func note(_ on: Bool) {
        if on { at.store(now(), ordering: .releasing) }
        isOn.store(on, ordering: .releasing)
    }
}

/// The simulated line: notes when it went on.
struct StampedLines: Lines, ~Copyable {
    let edge: Edge

    mutating func set(_ output: String, to on: Bool) throws(LineError) { edge.note(on) }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}

/// A line of a real chip: notes when the kernel has switched it.
struct StampedChip: Lines, ~Copyable {
    private var chip: GPIOLines
    let edge: Edge

    init(_ chip: consuming GPIOLines, edge: Edge) {
        self.chip = chip
        self.edge = edge
    }

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        try chip.set(output, to: on)
        edge.note(on)
    }

    func edges() -> AsyncStream<LineEdge> { chip.edges() }
}
