import LinuxIO
import Synchronization

/// Which readers the configuration names at this moment, and who has which line: nobody opens one that another has.
///
/// What is named goes before what was only plugged in: whoever keeps such a device is told, leaves its line, and only
/// then the named reader gets it. A lock around lists and no actor, since it is asked in between and never waits.
final class ReadersInForce: Sendable {
    private struct State {
        var named: [Configuration.Reader]
        /// Those whose stations have their lines, or are about to open them; one that is named no more stays until its
        /// line is free.
        var running: [Configuration.Reader]
        /// Devices that nobody names and that have stations.
        var guests: Set<USBDevice> = []
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastListener = 0
    }

    private let state: Mutex<State>

    /// Begins with the readers of the start, all of which have stations.
    init(_ readers: [Configuration.Reader] = []) {
        state = Mutex(State(named: readers, running: readers))
    }

    /// The readers that the configuration names: those of the start, and those that came since.
    var named: [Configuration.Reader] { state.withLock { $0.named } }

    /// Whether this reader, as it stands here, is named still.
    func isNamed(_ reader: Configuration.Reader) -> Bool { state.withLock { $0.named.contains(reader) } }

    /// Whether a named reader may be this device.
    func isNamed(_ device: USBDevice) -> Bool { state.withLock { $0.named.contains { $0.place.means(device) } } }

    /// Names readers, and names others no more; their stations follow by ``changes()``.
    func name(_ arriving: [Configuration.Reader], inPlaceOf leaving: [Configuration.Reader]) {
        state.withLock { state in
            state.named.removeAll { leaving.contains($0) }
            state.named += arriving
        }
        tell()
    }

    /// Gives a named reader its line; false while somebody has that, or has its name.
    func enter(_ reader: Configuration.Reader) -> Bool {
        state.withLock { state in
            let isTaken =
                state.running.contains { $0.name == reader.name || $0.place.meets(reader.place) }
                || state.guests.contains { reader.place.means($0) }
            guard !isTaken, state.named.contains(reader) else { return false }
            state.running.append(reader)
            return true
        }
    }

    /// The station of a reader has ended, and its line is free.
    func leave(_ reader: Configuration.Reader) {
        state.withLock { state in state.running.removeAll { $0 == reader } }
        tell()
    }

    /// Lets a device that was plugged in have a station; false while a reader is named, or runs, that may be it.
    func enter(_ device: USBDevice) -> Bool {
        state.withLock { state in
            let isMeant = (state.named + state.running).contains { $0.place.means(device) }
            return isMeant ? false : state.guests.insert(device).inserted
        }
    }

    /// The station of a device has ended, and its line is free.
    func leave(_ device: USBDevice) {
        state.withLock { state in _ = state.guests.remove(device) }
        tell()
    }

    /// Tells at once and after each change, until nobody listens any more; several changes may be told as one.
    func changes() -> AsyncStream<Void> {
        let (changes, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.lastListener &+= 1
            state.listeners[state.lastListener] = listener
            return state.lastListener
        }
        listener.onTermination = { [weak self] _ in self?.forget(number) }
        listener.yield()
        return changes
    }

    private func forget(_ listener: Int) {
        // Let go outside the lock: what ends with it may ask here.
        _ = state.withLock { state in state.listeners.removeValue(forKey: listener) }
    }

    private func tell() {
        let listeners = state.withLock { state in Array(state.listeners.values) }
        for listener in listeners { listener.yield() }
    }
}
