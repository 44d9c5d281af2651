import Glibc
import Wire

/// A thread of our own, for calls that block by their nature and must not hold up the tasks of the program.
enum DetachedThread {
    /// Runs `body` on a new thread, which ends when it returns.
    static func start(_ body: @escaping @Sendable () -> Void) throws(LinkError) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            throw .system("pthread_create", code)
        }
        pthread_detach(thread)
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
