import Glibc

/// A call that may block for seconds, made on a thread of its own so that no task of the program stands still.
enum BlockingCall {
    static func run<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let work = Unmanaged.passRetained(Work { continuation.resume(returning: call()) })
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
            if code == 0 {
                pthread_detach(thread)
            } else {
                // Without a thread the call is made here: late is better than never.
                work.takeRetainedValue().body()
            }
        }
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
