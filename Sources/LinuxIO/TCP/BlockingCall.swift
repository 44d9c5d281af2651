import Synchronization

/// A call that may block for seconds, made on a thread of its own so that no task of the program stands still.
enum BlockingCall {
    /// What the call returns; `nil` at once when the task is cancelled. The thread goes on to the end of the call then,
    /// and nobody hears of it.
    static func run<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value? {
        let answer = Answer<Value>()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard answer.wait(continuation) else { return }
                do {
                    try DetachedThread.start { answer.come(call()) }
                } catch {
                    // Without a thread the call is made here: late is better than never.
                    answer.come(call())
                }
            }
        } onCancel: {
            answer.come(nil)
        }
    }

    /// What comes first: the call's return, or the end of waiting for it.
    private final class Answer<Value: Sendable>: Sendable {
        private enum State {
            case open
            case waiting(CheckedContinuation<Value?, Never>)
            case over
        }

        private let state = Mutex(State.open)

        /// Waits; false where nobody does any more, and the call need not be made.
        func wait(_ continuation: CheckedContinuation<Value?, Never>) -> Bool {
            let isOpen = state.withLock { state in
                guard case .open = state else { return false }
                state = .waiting(continuation)
                return true
            }
            if !isOpen { continuation.resume(returning: nil) }
            return isOpen
        }

        func come(_ value: Value?) {
            let waiting = state.withLock { state -> CheckedContinuation<Value?, Never>? in
                defer { state = .over }
                guard case .waiting(let continuation) = state else { return nil }
                return continuation
            }
            waiting?.resume(returning: value)
        }
    }
}
