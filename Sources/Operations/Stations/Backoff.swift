/// How long to wait before the next attempt: doubling from half a second to six, shaken by a fifth so that many
/// stations do not knock at once.
///
/// A reader that comes back without anybody's word has to be there again after ten seconds: at the longest a pause of
/// 7.2 s, an attempt that had begun too early, and one that succeeds.
package struct Backoff: Sendable {
    private var milliseconds = 500

    package init() {}

    /// - Parameter jitter: how far it is shaken, -1 to 1.
    package mutating func next(_ jitter: Double) -> Duration {
        defer { milliseconds = min(milliseconds * 2, 6000) }
        return .milliseconds(milliseconds + Int(Double(milliseconds) / 5 * min(max(jitter, -1), 1)))
    }
}
