/// How long to wait before the next attempt: doubling from half a second to six, shaken by a fifth so that many
/// stations do not knock at once.
///
/// A reader that comes back without anybody's word has to be there again after ten seconds: at the longest a pause of
/// 7.2 s, an attempt that had begun too early, and one that succeeds.
package struct Backoff: Sendable {
    private var milliseconds = 500

    package init() {}

    package mutating func next() -> Duration {
        defer { milliseconds = min(milliseconds * 2, 6000) }
        return .milliseconds(milliseconds + Int.random(in: -milliseconds / 5...milliseconds / 5))
    }
}
