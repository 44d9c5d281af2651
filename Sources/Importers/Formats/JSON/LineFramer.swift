/// Cuts a stream into its lines, each one a record: JSON lines, where a broken line must not cost the next one.
struct LineFramer: Sendable {
    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0
    private var line = 1
    private var isSkipping = false

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        buffer.removeSubrange(..<start)
        scanned -= start
        start = 0
        buffer.append(contentsOf: bytes)
    }

    mutating func next() -> RecordFrame? {
        while let end = buffer[scanned...].firstIndex(of: 0x0A) {
            let record = buffer[start..<end]
            let number = line
            let wasSkipping = isSkipping
            start = end + 1
            scanned = start
            line += 1
            isSkipping = false
            if wasSkipping { continue }
            if record.count > RecordFrame.longest { return overlong(record, line: number) }
            if record.contains(where: { $0 > 0x20 }) { return .record(Array(record), line: number) }
        }
        scanned = buffer.count
        guard !isSkipping, buffer.count - start > RecordFrame.longest else {
            if isSkipping { start = buffer.count }
            return nil
        }
        isSkipping = true
        let frame = overlong(buffer[start...], line: line)
        start = buffer.count
        return frame
    }

    /// The last line, when it has no line break.
    mutating func end() -> RecordFrame? {
        defer { start = buffer.count }
        guard !isSkipping, buffer[start...].contains(where: { $0 > 0x20 }) else { return nil }
        return .record(Array(buffer[start...]), line: line)
    }

    private func overlong(_ bytes: ArraySlice<UInt8>, line: Int) -> RecordFrame {
        .malformed(
            line: line,
            cause: "found a line longer than \(RecordFrame.longest) bytes",
            text: RecordFrame.shown(bytes)
        )
    }
}
