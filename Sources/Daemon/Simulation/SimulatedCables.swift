/// Which simulated readers are plugged in.
actor SimulatedCables {
    private var unplugged: Set<String> = []
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

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
}
