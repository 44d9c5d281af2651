/// How long to wait before the next attempt: doubling from half a second to eight, shaken by a fifth so that many
/// stations do not knock at once.
package struct Backoff: Sendable {
    private var milliseconds = 500

    package init() {}

    package mutating func next() -> Duration {
        defer { milliseconds = min(milliseconds * 2, 8000) }
        return .milliseconds(milliseconds + Int.random(in: -milliseconds / 5...milliseconds / 5))
    }
}
