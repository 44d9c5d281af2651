import Synchronization
import Testing

@testable import Daemon

@Suite struct SimulatedCablesTests {
    @Test(.timeLimit(.minutes(10))) func `nobody asks for a simulated reader before its line is laid`() async {
        let cables = SimulatedCables()
        let events = Mutex<[String]>([])
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await cables.waitUntilLaid("gate-1")
                events.withLock { $0.append("asked") }
            }
            while await cables.expected("gate-1") == 0 { await Task.yield() }
            await cables.lay("pad-1")
            events.withLock { $0.append("laid") }
            await cables.lay("gate-1")
        }
        #expect(events.withLock { $0 } == ["laid", "asked"])
        // From then on there is nothing to wait for, plugged in or not.
        await cables.unplug("gate-1")
        await cables.waitUntilLaid("gate-1")
    }

    @Test(.timeLimit(.minutes(10))) func `whoever waits for a line ends with the service`() async {
        let cables = SimulatedCables()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cables.waitUntilLaid("gate-1") }
            while await cables.expected("gate-1") == 0 { await Task.yield() }
            group.cancelAll()
        }
        #expect(await cables.expected("gate-1") == 0)
    }
}
