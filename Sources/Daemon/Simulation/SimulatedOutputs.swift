import Synchronization
import Wire

/// Siren, lamp, buzzer and desk of the simulated branch: lines that only remember how they stand.
final class SimulatedOutputs: Sendable {
    static let names = ["siren", "lamp", "buzzer", "desk"]

    private let states = Mutex<[String: Bool]>([:])

    /// The lines that are on, by name.
    var on: [String] { states.withLock { $0.filter(\.value).keys.sorted() } }

    var lines: SimulatedLines { SimulatedLines(outputs: self) }

    fileprivate func set(_ output: String, to on: Bool) { states.withLock { $0[output] = on } }
}

/// The simulated branch's outputs as the bells hold them. May be copied, as they are the outputs' only in name;
/// besides, the optimizer of Swift 6.3.1 copies them where it sees through the bells, and stops when it must not.
struct SimulatedLines: Lines {
    fileprivate let outputs: SimulatedOutputs

    mutating func set(_ output: String, to on: Bool) throws(LineError) { outputs.set(output, to: on) }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}
