/// Hands every event to everybody who listens. A slow listener loses its oldest events, never slows anybody down.
package actor EventHub {
    private var listeners: [Int: AsyncStream<BranchEvent>.Continuation] = [:]
    private var nextListener = 0

    /// Events one listener may lag behind.
    private static let lag = 512

    package init() {}

    /// Hands an event to everybody who listens now, and keeps it for nobody else.
    package func send(_ event: BranchEvent) {
        for (number, listener) in listeners {
            if case .terminated = listener.yield(event) { listeners[number] = nil }
        }
    }

    /// The events from now on.
    package func events() -> AsyncStream<BranchEvent> {
        let number = nextListener
        nextListener += 1
        let (stream, continuation) = AsyncStream.makeStream(
            of: BranchEvent.self,
            bufferingPolicy: .bufferingNewest(Self.lag)
        )
        listeners[number] = continuation
        return stream
    }
}
