import Wire

/// Knows how each input of a chip stands and turns what the kernel tells into changes, losing none and adding none.
struct GPIOInputTracker: Hashable, Sendable {
    private let names: [String]
    private let offsets: [UInt32]
    private var active: [Bool]
    private var lastSequence: UInt32 = 0

    /// All inputs count as inactive until something else is heard of them.
    init(_ bank: GPIOPlan.Bank<GPIOInput>) {
        names = bank.lines.map(\.name)
        offsets = bank.offsets
        active = bank.lines.map { _ in false }
    }

    /// The changes in these events, and whether some before them were lost, so that the levels must be read again.
    mutating func take(_ events: [GPIOEvent]) -> (edges: [LineEdge], lost: Bool) {
        var edges: [LineEdge] = []
        var lost = false
        for event in events {
            if event.sequence != lastSequence &+ 1 { lost = true }
            lastSequence = event.sequence
            guard let index = offsets.firstIndex(of: event.offset), active[index] != event.active else { continue }
            active[index] = event.active
            edges.append(LineEdge(input: names[index], active: event.active, nanoseconds: event.nanoseconds))
        }
        return (edges, lost)
    }

    /// The changes that nobody told of: at the start, after lost edges, and when a chip has come back.
    mutating func compare(with levels: UInt64, at nanoseconds: UInt64) -> [LineEdge] {
        var edges: [LineEdge] = []
        for index in active.indices {
            let now = levels & (1 << UInt64(index)) != 0
            guard active[index] != now else { continue }
            active[index] = now
            edges.append(LineEdge(input: names[index], active: now, nanoseconds: nanoseconds))
        }
        return edges
    }

    /// A new request of the same lines counts its events from the start again.
    mutating func restart() {
        lastSequence = 0
    }
}
