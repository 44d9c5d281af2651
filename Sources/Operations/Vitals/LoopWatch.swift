/// Finds loops that have stopped turning, by the turns that they count.
///
/// Asked now and then; measures by the time between two questions that the caller says has passed, so that a clock that
/// is set means nothing to it.
package struct LoopWatch: Sendable {
    private struct Loop {
        var turns: UInt64
        var quiet: Duration
    }

    private let limit: Duration
    private var loops: [String: Loop] = [:]

    /// - Parameter limit: how long a loop may go without a turn; longer than the longest single exchange.
    package init(limit: Duration) {
        self.limit = limit
    }

    /// Takes each loop's turns, and says which have made none for the limit or longer, by name.
    package mutating func look(_ turns: [String: UInt64], after passed: Duration) -> [String] {
        loops = turns.reduce(into: [:]) { next, loop in
            let isTurning = loops[loop.key]?.turns != loop.value
            let quiet = isTurning ? .zero : (loops[loop.key]?.quiet ?? .zero) + passed
            next[loop.key] = Loop(turns: loop.value, quiet: quiet)
        }
        return loops.filter { $0.value.quiet >= limit }.keys.sorted()
    }
}
