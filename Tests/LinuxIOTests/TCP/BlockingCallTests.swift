import Dispatch
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
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return await BlockingCall.run { 7 }
        }
        late.cancel()
        #expect(await late.value == nil)
    }
}
