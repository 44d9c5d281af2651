import Logging
import Synchronization

/// A log whose lines can be read, as `critical: the database is torn, hint: …`: level, message, and what stands behind it.
final class SpokenLog: Sendable {
    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(spoken: self) } }

    private struct Handler: LogHandler {
        let spoken: SpokenLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let words = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { ", \($0.key): \($0.value)" }
            let line = "\(event.level): \(event.message)\(words.joined())"
            spoken.entries.withLock { $0.append(line) }
        }
    }
}
