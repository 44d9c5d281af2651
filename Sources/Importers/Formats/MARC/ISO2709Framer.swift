/// Cuts records out of a stream of ISO 2709 by their end mark (1D), not by the length they claim: leaders lie, records
/// grow beyond the 99 999 bytes a leader can say, and a damaged one must not cost the next.
struct ISO2709Framer: Sendable {
    static let recordEnd: UInt8 = 0x1D

    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0
    private var count = 0
    private var isSkipping = false

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        buffer.removeSubrange(..<start)
        scanned -= start
        start = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next record; its line is its number in the stream.
    mutating func next() -> RecordFrame? {
        skipFiller()
        while let end = buffer[scanned...].firstIndex(of: Self.recordEnd) {
            let record = buffer[start...end]
            start = end + 1
            scanned = start
            let wasSkipping = isSkipping
            isSkipping = false
            if wasSkipping {
                skipFiller()
                continue
            }
            count += 1
            guard record.count <= RecordFrame.longest else { return overlong(record) }
            return .record(Array(record), line: count)
        }
        scanned = buffer.count
        if isSkipping { start = buffer.count }
        guard buffer.count - start > RecordFrame.longest else { return nil }
        count += 1
        isSkipping = true
        let frame = overlong(buffer[start...])
        start = buffer.count
        return frame
    }

    /// What is left when the stream ends: a record without its end mark.
    mutating func end() -> RecordFrame? {
        guard !isSkipping, start < buffer.count else { return nil }
        count += 1
        let text = RecordFrame.shown(buffer[start...])
        start = buffer.count
        scanned = start
        return .malformed(line: count, cause: "found the end of the file inside a record", text: text)
    }

    /// Line breaks and zeros that some programs put between records.
    private mutating func skipFiller() {
        guard start == scanned, !isSkipping else { return }
        while start < buffer.count, buffer[start] <= 0x20, buffer[start] != Self.recordEnd { start += 1 }
        scanned = start
    }

    private func overlong(_ bytes: ArraySlice<UInt8>) -> RecordFrame {
        .malformed(
            line: count,
            cause: "found a record longer than \(RecordFrame.longest) bytes",
            text: RecordFrame.shown(bytes)
        )
    }
}
