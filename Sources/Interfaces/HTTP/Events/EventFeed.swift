import API
import NIOCore
import Operations

/// Everything that moves, numbered, kept for a while, and handed to whoever listens.
///
/// A frame is made once, however many listen. Nobody slows anybody down: who falls too far behind is cut off, opens the
/// stream again and gets what was missed, from the number after the last one heard.
actor EventFeed {
    /// Frames that may wait for one listener.
    static let backlog = 256
    /// Events that are kept for those who come back, and their bytes.
    static let kept = 2048
    static let keptBytes = 4 << 20
    static let mostListeners = 1000
    /// Streams of one caller: a page that opens them without end leaves room for others.
    static let mostOfOne = 200

    private struct Entry {
        var number: Int
        var event: BranchEvent
        var frame: ByteBuffer
    }

    private struct Listener {
        var caller: String?
        var queue: AsyncStream<ByteBuffer>.Continuation
        var hears: @Sendable (BranchEvent) -> Bool
        var mayStay: @Sendable () async -> Bool
        var hangUp: @Sendable () -> Void
    }

    /// Tells the events of one start of the daemon from those of another: their numbers begin anew.
    private let epoch: String
    private var entries: [Entry] = []
    private var bytes = 0
    private var last = 0
    private var listeners: [Int: Listener] = [:]
    private var nextListener = 0
    private var isOver = false

    init(epoch: String) {
        self.epoch = epoch
    }

    /// Those who listen now.
    var count: Int { listeners.count }

    /// Numbers an event and hands it out. `make` writes it down under its number; `nil` where it is for nobody.
    func send(_ event: BranchEvent, _ make: @Sendable (_ id: String) throws -> ByteBuffer?) {
        guard !isOver, let frame = try? make(id(last + 1)) else { return }
        last += 1
        entries.append(Entry(number: last, event: event, frame: frame))
        bytes += frame.readableBytes
        forget()
        for (number, listener) in listeners where listener.hears(event) { hand(frame, to: listener, number) }
    }

    /// Tells everybody to fetch all anew and ends every stream: events were lost before they had a number, so that
    /// nobody who opens one again can be given what was missed.
    func startAnew() {
        guard !isOver else { return }
        last += 1
        (entries, bytes) = ([], 0)
        let frame = EventFrame.reset(id(last))
        for (number, listener) in listeners {
            hand(frame, to: listener, number)
            leave(number)
        }
    }

    /// Lets everybody know that the line is alive.
    func beat() {
        for (number, listener) in listeners { hand(EventFrame.heartbeat, to: listener, number) }
    }

    /// Ends every stream: one that goes on for ever would hold up the end of the daemon.
    func finish() {
        isOver = true
        for listener in listeners.values { listener.queue.finish() }
        listeners = [:]
    }

    /// The frames from now on; with the id of the last event that somebody has heard, what came after it first.
    ///
    /// - Parameters:
    ///   - caller: by what streams of one caller are counted; `nil` where they are not.
    ///   - hears: which events are for the listener.
    ///   - mayStay: whether what has let the listener in would do so still.
    ///   - hangUp: called when the listener is cut off: it may be waiting to be read from and not notice.
    /// - Returns: `nil` when too many listen already.
    func listen(
        after heard: String?,
        for caller: String? = nil,
        hears: @escaping @Sendable (BranchEvent) -> Bool,
        mayStay: @escaping @Sendable () async -> Bool = { true },
        hangUp: @escaping @Sendable () -> Void = {}
    ) -> (number: Int, frames: AsyncStream<ByteBuffer>)? {
        guard listeners.count < Self.mostListeners else { return nil }
        if let caller {
            guard listeners.values.count(where: { $0.caller == caller }) < Self.mostOfOne else { return nil }
        }
        var first = [EventFrame.opening(after: heard ?? id(last))]
        if let heard {
            if let missed = entries(after: heard) {
                first += missed.filter { hears($0.event) }.map(\.frame)
            } else {
                first = [EventFrame.opening(after: id(last)), EventFrame.reset(id(last))]
            }
        }
        let (frames, queue) = AsyncStream.makeStream(
            of: ByteBuffer.self,
            bufferingPolicy: .bufferingOldest(Self.backlog + first.count)
        )
        for frame in first { queue.yield(frame) }
        if isOver { queue.finish() }
        nextListener += 1
        listeners[nextListener] = Listener(
            caller: caller,
            queue: queue,
            hears: hears,
            mayStay: mayStay,
            hangUp: hangUp
        )
        return (nextListener, frames)
    }

    /// Forgets somebody who has gone.
    func leave(_ number: Int) {
        listeners.removeValue(forKey: number)?.queue.finish()
    }

    /// Cuts off everybody whose token or session opens nothing any more.
    func showOut() async {
        for (number, listener) in listeners {
            let mayStay = await listener.mayStay()
            if !mayStay { cutOff(number) }
        }
    }

    private func cutOff(_ number: Int) {
        guard let listener = listeners.removeValue(forKey: number) else { return }
        listener.queue.finish()
        listener.hangUp()
    }

    private func hand(_ frame: ByteBuffer, to listener: Listener, _ number: Int) {
        switch listener.queue.yield(frame) {
        case .enqueued: break
        case .dropped: cutOff(number)
        default: leave(number)
        }
    }

    private func id(_ number: Int) -> String { "\(epoch)-\(number)" }

    /// What came after an event; `nil` when that is not known any more.
    private func entries(after heard: String) -> ArraySlice<Entry>? {
        let parts = heard.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == epoch, let number = Int(parts[1]), (0...last).contains(number) else {
            return nil
        }
        guard let oldest = entries.first?.number, number >= oldest - 1 else { return number == last ? [] : nil }
        return entries[(number - oldest + 1)...]
    }

    private func forget() {
        var surplus = 0
        while entries.count - surplus > Self.kept || (bytes > Self.keptBytes && entries.count - surplus > 1) {
            bytes -= entries[surplus].frame.readableBytes
            surplus += 1
        }
        guard surplus > 0 else { return }
        entries.removeFirst(surplus)
    }
}

extension EventFeed {
    /// Hands out what `events` brings, at every one of `ticks` a sign of life, and lets go then of those whose time is
    /// over, until cancelled.
    nonisolated func run(
        _ events: some AsyncSequence<BranchEvent, Never> & Sendable,
        ticks: some AsyncSequence<Void, Never> & Sendable = Ticks(every: .seconds(15)),
        write: @escaping @Sendable (BranchEvent, String) throws -> ByteBuffer?
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events {
                    if case .lost = event {
                        await self.startAnew()
                    } else {
                        await self.send(event) { try write(event, $0) }
                    }
                }
            }
            group.addTask {
                for await _ in ticks {
                    await self.beat()
                    await self.showOut()
                }
            }
            await group.waitForAll()
        }
        await finish()
    }
}
