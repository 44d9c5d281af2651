/// A call that may block for seconds, made on a thread of its own so that no task of the program stands still.
enum BlockingCall {
    static func run<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            do {
                try DetachedThread.start { continuation.resume(returning: call()) }
            } catch {
                // Without a thread the call is made here: late is better than never.
                continuation.resume(returning: call())
            }
        }
    }
}
