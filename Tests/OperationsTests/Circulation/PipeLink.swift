import Operations
import Wire

/// One end of a line in memory: what is sent here is received there; letting go hangs up.
struct PipeLink: Link, ~Copyable {
    private let incoming: AsyncStream<[UInt8]>
    private let outgoing: AsyncStream<[UInt8]>.Continuation

    init(incoming: AsyncStream<[UInt8]>, outgoing: AsyncStream<[UInt8]>.Continuation) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        if case .terminated = outgoing.yield(bytes) { throw .closed }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        var iterator = incoming.makeAsyncIterator()
        guard let bytes = await iterator.next(isolation: #isolation) else { throw .closed }
        return bytes
    }

    deinit { outgoing.finish() }
}

/// A line whose far end takes nothing for a while: the first sending runs out of time, those behind it do not.
struct StalledLink: Link, ~Copyable {
    private let outgoing: AsyncStream<[UInt8]>.Continuation
    private var isStalled = true

    init(outgoing: AsyncStream<[UInt8]>.Continuation) {
        self.outgoing = outgoing
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard !isStalled else {
            isStalled = false
            throw .timedOut
        }
        outgoing.yield(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] { throw .closed }

    deinit { outgoing.finish() }
}

/// A line whose far end has begun something else when the first sending ends.
struct HastyLink: Link, ~Copyable {
    private let goOn: @Sendable () async -> Void
    private var isFirst = true

    init(goOn: @escaping @Sendable () async -> Void) {
        self.goOn = goOn
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard isFirst else { return }
        isFirst = false
        await goOn()
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] { throw .closed }
}

/// The far end of a call, played by a test.
struct PipeEnd: Sendable {
    let said: AsyncStream<[UInt8]>
    let say: AsyncStream<[UInt8]>.Continuation

    /// A call as a proxy gets it, and its far end.
    static func call() -> (call: ParkedCall, end: PipeEnd) {
        let (toProxy, say) = AsyncStream.makeStream(of: [UInt8].self)
        let (fromProxy, answer) = AsyncStream.makeStream(of: [UInt8].self)
        // The halves of a real connection share it; here each has the direction it is used for.
        let (_, unused) = AsyncStream.makeStream(of: [UInt8].self)
        let (silent, _) = AsyncStream.makeStream(of: [UInt8].self)
        return (
            ParkedCall(
                listening: ParkedLink(PipeLink(incoming: toProxy, outgoing: unused)),
                speaking: ParkedLink(PipeLink(incoming: silent, outgoing: answer))
            ),
            PipeEnd(said: fromProxy, say: say)
        )
    }
}
