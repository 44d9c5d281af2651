/// Which simulated readers are plugged in, and whether their lines were laid.
actor SimulatedCables {
    private var unplugged: Set<String> = []
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    /// Readers whose line was there once, or could not be made: nobody waits for it any more.
    private var laid: Set<String> = []
    private var expecting: [String: [CheckedContinuation<Void, Never>]] = [:]

    func isPlugged(_ reader: String) -> Bool { !unplugged.contains(reader) }

    func unplug(_ reader: String) {
        unplugged.insert(reader)
    }

    func plug(_ reader: String) {
        unplugged.remove(reader)
        wake(reader)
    }

    /// Returns when the reader is plugged in, or when the task is cancelled.
    func waitUntilPlugged(_ reader: String) async {
        guard unplugged.contains(reader) else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume()
                } else {
                    waiting[reader, default: []].append(continuation)
                }
            }
        } onCancel: {
            Task { await self.wake(reader) }
        }
    }

    private func wake(_ reader: String) {
        for continuation in waiting.removeValue(forKey: reader) ?? [] {
            continuation.resume()
        }
    }

    /// The reader's line is there, or nobody can make it.
    func lay(_ reader: String) {
        laid.insert(reader)
        stopExpecting(reader)
    }

    /// How many wait for a reader's line.
    func expected(_ reader: String) -> Int { expecting[reader]?.count ?? 0 }

    /// Returns when the reader's line was laid, or when the task is cancelled. A reader that is asked for before would
    /// be found away, and a gate that is away is an alarm for staff.
    func waitUntilLaid(_ reader: String) async {
        guard !laid.contains(reader) else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume()
                } else {
                    expecting[reader, default: []].append(continuation)
                }
            }
        } onCancel: {
            Task { await self.stopExpecting(reader) }
        }
    }

    private func stopExpecting(_ reader: String) {
        for continuation in expecting.removeValue(forKey: reader) ?? [] {
            continuation.resume()
        }
    }
}
