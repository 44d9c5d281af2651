package import Library

/// The clock of the shell: wall time for the record and a way to wait. Tests hand in a manual one.
package struct Timekeeper: Sendable {
    package var now: @Sendable () -> Moment
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(now: @escaping @Sendable () -> Moment, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }
}
