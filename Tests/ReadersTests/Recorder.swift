import Readers
import Synchronization

/// Keeps the lines a recording link hands out.
final class Recorder: Sendable {
    private let lines = Mutex<[Transcript.Line]>([])

    func take(_ line: Transcript.Line) {
        lines.withLock { $0.append(line) }
    }

    var transcript: Transcript { Transcript(lines.withLock { $0 }) }

    /// How many requests were sent.
    var requests: Int {
        transcript.lines.count {
            if case .sent = $0 { true } else { false }
        }
    }
}

/// Counts from 0.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
