/// Those who wait for a clock, by time and, at one time, in the order of coming.
struct TimerQueue {
    typealias Waiter = UnsafeContinuation<Void, Never>

    private struct Entry {
        var due: Duration
        var number: Int

        static func < (one: Entry, other: Entry) -> Bool { (one.due, one.number) < (other.due, other.number) }
    }

    /// A heap, the earliest at its top; entries of those who were woken before stay until their time comes.
    private var heap: [Entry] = []
    private var waiters: [Int: Waiter] = [:]
    private var number = 0

    var count: Int { waiters.count }

    mutating func takeNumber() -> Int {
        number += 1
        return number
    }

    mutating func add(_ waiter: Waiter, due: Duration, number: Int) {
        waiters[number] = waiter
        heap.append(Entry(due: due, number: number))
        var place = heap.count - 1
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
        if heap.count > 2 * waiters.count + 1024 { clear() }
    }

    /// The earliest moment somebody waits for.
    var next: Duration? {
        mutating get {
            while let first = heap.first, waiters[first.number] == nil { removeFirst() }
            return heap.first?.due
        }
    }

    mutating func take(_ number: Int) -> Waiter? { waiters.removeValue(forKey: number) }

    mutating func due(at now: Duration) -> [Waiter] {
        var woken: [Waiter] = []
        while let first = heap.first, first.due <= now {
            removeFirst()
            if let waiter = waiters.removeValue(forKey: first.number) { woken.append(waiter) }
        }
        return woken
    }

    /// Lets go of the entries of those who were woken before their time.
    private mutating func clear() {
        heap = heap.filter { waiters[$0.number] != nil }.sorted(by: <)
    }

    private mutating func removeFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
