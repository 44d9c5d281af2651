/// Which simulated readers are plugged in, and whether their lines were laid.
actor SimulatedCables {
    /// What can be waited for.
    private enum Change: Hashable {
        case plugged(String)
        case laid(String)
    }

    private var unplugged: Set<String> = []
    /// Readers whose line was there once, or could not be made: nobody waits for it any more.
    private var laid: Set<String> = []
    private var waiting: [Change: [CheckedContinuation<Void, Never>]] = [:]

    func isPlugged(_ reader: String) -> Bool { !unplugged.contains(reader) }

    func unplug(_ reader: String) {
        unplugged.insert(reader)
    }

    func plug(_ reader: String) {
        unplugged.remove(reader)
        wake(.plugged(reader))
    }

    /// Returns when the reader is plugged in, or when the task is cancelled.
    func waitUntilPlugged(_ reader: String) async {
        guard unplugged.contains(reader) else { return }
        await wait(for: .plugged(reader))
    }

    /// The reader's line is there, or nobody can make it.
    func lay(_ reader: String) {
        laid.insert(reader)
        wake(.laid(reader))
    }

    /// How many wait for a reader's line.
    func expected(_ reader: String) -> Int { waiting[.laid(reader)]?.count ?? 0 }

    /// Returns when the reader's line was laid, or when the task is cancelled. A reader that is asked for before would
    /// be found away, and a gate that is away is an alarm for staff.
    func waitUntilLaid(_ reader: String) async {
        guard !laid.contains(reader) else { return }
        await wait(for: .laid(reader))
    }

    private func wait(for change: Change) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume()
                } else {
                    waiting[change, default: []].append(continuation)
                }
            }
        } onCancel: {
            Task { await self.wake(change) }
        }
    }

    private func wake(_ change: Change) {
        for continuation in waiting.removeValue(forKey: change) ?? [] { continuation.resume() }
    }
}
