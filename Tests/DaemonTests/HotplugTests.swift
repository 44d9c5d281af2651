import Library
import LinuxIO
import Logging
import Operations
import Synchronization
import Testing
import Wire

@testable import Daemon

/// A chip with a siren on it, which can be taken out.
private final class Chip: Sendable {
    private struct State {
        var isThere = true
        var switched: [String] = []
    }

    private let state = Mutex(State())

    /// What was asked of it, there or not.
    var switched: [String] { state.withLock { $0.switched } }

    func plug(_ isThere: Bool) { state.withLock { $0.isThere = isThere } }

    func set(_ output: String, to on: Bool) -> Bool {
        state.withLock { state in
            state.switched.append("\(output) \(on ? "on" : "off")")
            return state.isThere
        }
    }
}

private struct ChipLines: Lines, ~Copyable {
    let chip: Chip

    mutating func set(_ output: String, to on: Bool) throws(LineError) {
        guard chip.set(output, to: on) else { throw .chipGone(name: "relay") }
    }

    func edges() -> AsyncStream<LineEdge> { AsyncStream { $0.finish() } }
}

/// What the kernel's word leads to.
struct HotplugTests {
    private let chip = Chip()
    private let bells: GateBells
    private let hotplug: Hotplug

    init() throws {
        let time = Timekeeper(
            now: { Moment(milliseconds: 1_700_000_000_000) },
            sleep: { _ in try Task.checkCancellation() }
        )
        bells = GateBells(
            ChipLines(chip: chip),
            edges: AsyncStream { $0.finish() },
            gates: ["gate-1"],
            wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: "gate-1")],
            time: time
        )
        hotplug = Hotplug(
            stations: { [] },
            bells: bells,
            readiness: try Readiness(),
            bus: nil,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func word(_ action: String) -> KernelEvent {
        KernelEvent(action: action, subsystem: "gpio", device: "gpiochip2")
    }

    @Test(.timeLimit(.minutes(10)))
    func `a dead siren is told with the word that its chip has left, and its end with the chip's return`() async {
        chip.plug(false)
        await hotplug.take(word("remove"))
        chip.plug(true)
        await hotplug.take(word("add"))
        #expect(chip.switched == ["siren off", "siren off"])
        var events = bells.events.makeAsyncIterator()
        let gone = "gpio chip relay: gone"
        #expect(await events.next() == .broken(line: "siren", gates: ["gate-1"], cause: gone))
        #expect(await events.next() == .whole(line: "siren", gates: ["gate-1"]))
    }

    @Test(.timeLimit(.minutes(10)))
    func `another chip's word leaves a siren that is well as it is, and is no news`() async {
        await hotplug.take(word("add"))
        #expect(chip.switched == ["siren off"])
        _ = await bells.signal(.alarm, at: "gate-1")
        await hotplug.take(word("remove"))
        #expect(chip.switched == ["siren off", "siren on"])
        await bells.tell("siren", cause: "the first news")
        var events = bells.events.makeAsyncIterator()
        #expect(await events.next() == .broken(line: "siren", gates: ["gate-1"], cause: "the first news"))
    }

    @Test func `a reader's plug is no reason to look at lines`() async {
        chip.plug(false)
        await hotplug.take(KernelEvent(action: "add", subsystem: "tty", device: "ttyUSB0"))
        await hotplug.take(KernelEvent(action: "remove", subsystem: "hidraw", device: "hidraw0"))
        #expect(chip.switched.isEmpty)
    }
}
