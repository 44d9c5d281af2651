/// Where an actor works: on a thread that somebody gave it, or on the program's common threads like any other.
///
/// An actor on the common threads runs on its caller's thread. One that must never wait for them needs a thread of its
/// own: a caller that is interrupted in the middle of the actor's work would keep everybody else out of it.
package struct Seat: Sendable {
    private actor Common {}

    private let thread: (any SerialExecutor)?
    private let common = Common()

    /// - Parameter thread: `nil` for the common threads.
    package init(_ thread: (any SerialExecutor)? = nil) {
        self.thread = thread
    }

    /// What the actor's `unownedExecutor` returns; the actor keeps the seat, so that the executor lives as long as it.
    package var executor: UnownedSerialExecutor { thread?.asUnownedSerialExecutor() ?? common.unownedExecutor }
}
