import Logging

/// What happened, as a digest of everything and the words of the last of it.
final class Trace: @unchecked Sendable {
    private let processor: VirtualProcessor
    private var last: [String] = []
    private var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    /// Rings with every line, so that a planted name is found where it is said.
    var hear: (String) -> Void = { _ in }
    var prints = false

    private static let kept = 60

    private let root: String

    init(_ processor: VirtualProcessor, root: String) {
        self.processor = processor
        self.root = root
    }

    /// Two runs with the same digest took the same steps and said the same.
    var fingerprint: String { String(digest ^ processor.steps, radix: 16) }

    /// The last lines, the oldest first.
    var tail: [String] { last }

    func note(_ text: @autoclosure () -> String) {
        // Where the folders lie is chance that no seed decides.
        let words = root.isEmpty ? text() : text().replacing(root, with: "~")
        let line = "\(Self.time(processor.now)) #\(processor.steps) \(words)"
        for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if prints { print(line) }
        if last.count >= Self.kept { last.removeFirst() }
        last.append(line)
        hear(line)
    }

    private static func time(_ now: Duration) -> String {
        let (seconds, rest) = (now.components.seconds, now.components.attoseconds / 1_000_000_000_000_000)
        func padded(_ number: Int64, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
        }
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(clock).\(padded(rest, 3))"
    }
}

/// The service's own log, taken into the trace.
struct TraceLog: LogHandler {
    let trace: Trace
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        trace.note("[\(event.level)] \(event.message) \(words.joined(separator: " "))")
    }
}
