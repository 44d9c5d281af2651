import Field
import Readers
import Synchronization
import Tags
import Wire

/// How long a reader's line and air have been in use; nothing waits for it.
final class Stopwatch: Sendable {
    private let line = Mutex(Duration.zero)
    private let air = Mutex(Duration.zero)

    var elapsed: Duration { line.withLock { $0 } + air.withLock { $0 } }

    func spend(_ time: Duration) { line.withLock { $0 += time } }
    func set(air time: Duration) { air.withLock { $0 = time } }
}

/// How long bytes take between host and reader.
enum LineCost: Sendable {
    case serial(LineSettings)
    /// Full speed: a transfer takes the next frame of a millisecond, 64 bytes each.
    case usb

    init(_ identity: DriverIdentity) {
        self = identity.name == CCIDDriver.identity.name ? .usb : .serial(identity.line)
    }

    func time(of count: Int) -> Duration {
        switch self {
        case .serial(let line): line.lineTime(of: count)
        case .usb: .milliseconds(max(1, (count + 63) / 64))
        }
    }

    var gap: Duration {
        switch self {
        case .serial(let line): line.quietGap
        case .usb: .zero
        }
    }
}

/// A line to a twin that counts what the bytes and the air would take.
struct CountedLink: ~Copyable, Link {
    private var twin: any ReaderTwin
    private var air: any Air
    private let cost: LineCost
    private let watch: Stopwatch
    private var replies: [UInt8] = []

    init(_ twin: any ReaderTwin, over field: RadioField, cost: LineCost, watch: Stopwatch) {
        self.twin = twin
        air = field
        self.cost = cost
        self.watch = watch
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        let answer = twin.receive(bytes, air: &air)
        watch.spend(cost.time(of: bytes.count) + (answer.isEmpty ? .zero : cost.time(of: answer.count)) + cost.gap)
        if let field = air as? RadioField { watch.set(air: field.clock.duration) }
        replies += answer
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !replies.isEmpty else {
            if limit > .zero {
                watch.spend(limit)
                twin.lineFellSilent()
            }
            throw .timedOut
        }
        defer { replies = [] }
        return replies
    }
}
