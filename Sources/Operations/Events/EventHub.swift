/// Hands every event to everybody who listens. A slow listener loses its oldest events and is told so; it never slows
/// anybody down.
package actor EventHub {
    private struct Listener {
        var queue: AsyncStream<BranchEvent>.Continuation
        var hears: @Sendable (BranchEvent) -> Bool
        /// Events behind the last ``BranchEvent/lost`` in the queue; `nil` while there was none.
        var behindMark: Int?
    }

    private var listeners: [Int: Listener] = [:]
    private var nextListener = 0

    /// Events one listener may lag behind.
    package static let lag = 512

    package init() {}

    /// Hands an event to everybody who listens now, and keeps it for nobody else.
    package func send(_ event: BranchEvent) {
        for number in listeners.keys { hand(event, to: number) }
    }

    /// The events from now on; ``BranchEvent/lost`` where some of them are missing, never earlier than they would have
    /// come and at most once in a queue.
    ///
    /// - Parameter hears: which of them are wanted: the others take none of their places, however many there are.
    package func events(
        _ hears: @escaping @Sendable (BranchEvent) -> Bool = { _ in true }
    ) -> AsyncStream<BranchEvent> {
        let number = nextListener
        nextListener += 1
        let (stream, continuation) = AsyncStream.makeStream(
            of: BranchEvent.self,
            bufferingPolicy: .bufferingNewest(Self.lag)
        )
        listeners[number] = Listener(queue: continuation, hears: hears)
        return stream
    }

    private func hand(_ event: BranchEvent, to number: Int) {
        guard var listener = listeners[number], listener.hears(event) else { return }
        switch listener.queue.yield(event) {
        case .terminated:
            listeners[number] = nil
            return
        case .dropped:
            // The queue is full: it holds what was handed in last. A mark among that will still be read.
            let behind = listener.behindMark.map { $0 + 1 }
            if let behind, behind < Self.lag {
                listener.behindMark = behind
            } else {
                listener.queue.yield(.lost)
                listener.behindMark = 0
            }
        default: listener.behindMark = listener.behindMark.map { $0 + 1 }
        }
        listeners[number] = listener
    }
}
