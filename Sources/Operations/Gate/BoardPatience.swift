import Readers

/// When a gate's counter board is left alone: each question that it does not answer keeps the gate deaf for as long as
/// the reader waits, and one answer that was lost is not yet a board that is not there.
struct BoardPatience: Sendable {
    /// Questions in a row without an answer after which it counts as not there.
    private static let mostFailures = 3
    /// A reader that refuses, or has no board that answers, is asked again after so long.
    static let rest: Duration = .seconds(3600)

    private var failures = 0

    mutating func answered() { failures = 0 }

    /// Takes a question that came to nothing, and says whether the board is left alone from now on.
    mutating func failed(_ error: ReaderError) -> Bool {
        if case .unsupported = error { return true }
        failures += 1
        return failures >= Self.mostFailures
    }
}
