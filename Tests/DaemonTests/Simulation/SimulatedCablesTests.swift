import Synchronization
import Testing

@testable import Daemon

/// What happened, in its order.
private final class Events: Sendable {
    private let log = Mutex<[String]>([])

    var told: [String] { log.withLock { $0 } }

    func tell(_ event: String) { log.withLock { $0.append(event) } }
}

@Suite struct SimulatedCablesTests {
    @Test(.timeLimit(.minutes(10))) func `nobody asks for a simulated reader before its line is laid`() async {
        let cables = SimulatedCables()
        let events = Events()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await cables.waitUntilLaid("gate-1")
                events.tell("asked")
            }
            let isWaiting = await eventually { await cables.expected("gate-1") > 0 }
            #expect(isWaiting)
            await cables.lay("pad-1")
            events.tell("laid")
            await cables.lay("gate-1")
        }
        #expect(events.told == ["laid", "asked"])
        // From then on there is nothing to wait for, plugged in or not.
        await cables.unplug("gate-1")
        await cables.waitUntilLaid("gate-1")
    }

    @Test(.timeLimit(.minutes(10))) func `a line that is laid is no plug, and the plug wakes who waits for it`() async {
        let cables = SimulatedCables()
        let events = Events()
        await cables.unplug("pad-1")
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await cables.waitUntilLaid("pad-1")
                events.tell("laid")
                await cables.waitUntilPlugged("pad-1")
                events.tell("served")
            }
            let isWaiting = await eventually { await cables.expected("pad-1") > 0 }
            #expect(isWaiting)
            await cables.lay("pad-1")
            let isLaid = await eventually { !events.told.isEmpty }
            #expect(isLaid)
            events.tell("plugged")
            await cables.plug("pad-1")
        }
        #expect(events.told == ["laid", "plugged", "served"])
    }

    @Test(.timeLimit(.minutes(10))) func `whoever waits for a line ends with the service`() async {
        let cables = SimulatedCables()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await cables.waitUntilLaid("gate-1") }
            let isWaiting = await eventually { await cables.expected("gate-1") > 0 }
            #expect(isWaiting)
            group.cancelAll()
        }
        #expect(await cables.expected("gate-1") == 0)
    }
}
