import Wire

/// Siren, lamp and fire contact on the wall of the simulated branch.
final class HouseLines: @unchecked Sendable {
    private let processor: VirtualProcessor
    private let witness: Witness
    private(set) var on: Set<String> = []
    private(set) var isFire = false
    private var fireSince = Duration.zero
    private var edge: AsyncStream<LineEdge>.Continuation?

    static let outputs = ["siren", "lamp", "buzzer", "desk"]

    init(_ processor: VirtualProcessor, _ witness: Witness) {
        self.processor = processor
        self.witness = witness
    }

    /// The inputs as a new program opens them: how they stand comes first.
    func edges() -> AsyncStream<LineEdge> {
        let (stream, continuation) = AsyncStream.makeStream(of: LineEdge.self)
        edge = continuation
        if isFire { tell() }
        return stream
    }

    /// A program is gone, and what it held with it.
    func letGo() {
        edge?.finish()
        edge = nil
        on = []
    }

    func setFire(_ active: Bool) {
        guard active != isFire else { return }
        isFire = active
        fireSince = processor.now
        tell()
    }

    private func tell() {
        edge?.yield(
            LineEdge(input: "fire", active: isFire, nanoseconds: UInt64(max(0, processor.now / .nanoseconds(1))))
        )
    }

    func set(_ output: String, to active: Bool) {
        if active { on.insert(output) } else { on.remove(output) }
        guard isFire, active, processor.now > fireSince else { return }
        witness.violated("fire wins", "output \(output) was switched on while the fire contact is open")
    }

    /// Fire wins: as soon as any time has passed, everything is off.
    func check() {
        guard isFire, processor.now > fireSince + .milliseconds(1), !on.isEmpty else { return }
        witness.violated("fire wins", "on although the fire contact is open: \(on.sorted())")
    }
}

/// The lines as one program holds them.
struct HouseLinesLink: Lines, ~Copyable {
    let lines: HouseLines
    let isAlive: @Sendable () -> Bool

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        if isAlive() { lines.set(output, to: on) }
    }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}
