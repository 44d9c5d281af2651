import Foundation
import Glibc
import Logging

/// Writes log lines to standard error, with the priority prefix the journal understands when it is listening.
///
/// `<4>reader offline reader=pad-1 cause="link closed by the other end"`; without the journal the prefix is a word.
struct JournalLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let toJournal: Bool

    init(label: String, toJournal: Bool = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil) {
        self.label = label
        self.toJournal = toJournal
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let line = line(level: event.level, message: "\(event.message)", metadata: event.metadata)
        Self.write(line, to: .standardError)
    }

    /// A log that takes nothing, on a full disk or of a journal that has died, is no reason to end: gates go on without
    /// it.
    static func write(_ line: String, to output: FileHandle) {
        try? output.write(contentsOf: Data((line + "\n").utf8))
    }

    func line(level: Logger.Level, message: String, metadata extra: Logger.Metadata?) -> String {
        let fields = metadata.merging(extra ?? [:]) { $1 }
            .sorted { $0.key < $1.key }
            .map { " \($0.key)=\(quoted("\($0.value)"))" }
            .joined()
        let start = toJournal ? "<\(priority(level))>" : "\(level): "
        return start + message.split(whereSeparator: \.isNewline).joined(separator: " ") + fields
    }

    private func quoted(_ value: String) -> String {
        // A carriage return and a line feed are one character, and a new line to the journal.
        let line = String(value.map { $0.isNewline ? " " : $0 })
        // By scalars: a quote with an accent behind it is one character too.
        guard line.unicodeScalars.contains(where: { " \"=".unicodeScalars.contains($0) }) else { return line }
        let escaped = line.unicodeScalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(escaped)) + "\""
    }

    /// Priorities of sd-daemon(3).
    private func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
