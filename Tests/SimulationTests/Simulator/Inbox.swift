/// What is under way to one end of a channel, by the moment of its arrival.
final class Inbox: @unchecked Sendable {
    private let processor: VirtualProcessor
    private var arrivals: [(due: Duration, bytes: [UInt8])] = []
    private var bell: Int?
    /// Nothing will come any more once the rest has been taken.
    private(set) var isClosed = false

    init(_ processor: VirtualProcessor) {
        self.processor = processor
    }

    func put(_ bytes: [UInt8], after delay: Duration = .zero) {
        guard !bytes.isEmpty, !isClosed else { return }
        let due = processor.now + delay
        let place = arrivals.firstIndex { $0.due > due } ?? arrivals.count
        arrivals.insert((due, bytes), at: place)
        wake()
    }

    func close() {
        isClosed = true
        wake()
    }

    /// Wakes whoever waits, to look at things anew.
    func wake() {
        if let bell { processor.ring(bell) }
    }

    /// What has arrived; `nil` while nothing has.
    func take() -> [UInt8]? {
        let here = arrivals.prefix { $0.due <= processor.now }
        guard !here.isEmpty else { return nil }
        arrivals.removeFirst(here.count)
        return here.flatMap(\.bytes)
    }

    /// Waits until something may have arrived, at the longest until `end`.
    func wait(until end: Duration) async {
        let bell = processor.takeBell()
        self.bell = bell
        await processor.wait(until: min(end, arrivals.first?.due ?? end), at: bell)
        self.bell = nil
    }
}
