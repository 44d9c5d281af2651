import Dispatch
import Synchronization
import Testing

@testable import LinuxIO

@Suite(.timeLimit(.minutes(10))) struct BlockingCallTests {
    @Test func `a call that blocks is waited for and its value comes back`() async {
        #expect(await BlockingCall.run { 7 } == 7)
    }

    @Test func `whoever waits for a name server that does not answer ends with the task that waits`() async {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let answer = DispatchSemaphore(value: 0)
        let waiting = Task {
            await BlockingCall.run {
                begin.finish()
                answer.wait()
                return 7
            }
        }
        for await _ in begun {}
        waiting.cancel()
        #expect(await waiting.value == nil)
        answer.signal()
    }

    @Test func `whoever is cancelled already makes no call`() async {
        let calls = Calls()
        // Each call that was made all the same has a thread of its own: of so many one is seen before the last is done.
        for _ in 0..<100 {
            let late = Task {
                while !Task.isCancelled { await Task.yield() }
                return await BlockingCall.run { calls.count() }
            }
            late.cancel()
            #expect(await late.value == nil)
        }
        #expect(await BlockingCall.run { calls.count() } == 1)
    }

    /// How many calls were made.
    private final class Calls: Sendable {
        private let made = Mutex(0)

        /// Counts one more, and says how many there are by now.
        func count() -> Int {
            made.withLock { made in
                made += 1
                return made
            }
        }
    }
}
