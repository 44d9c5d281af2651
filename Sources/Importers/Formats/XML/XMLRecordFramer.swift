/// Cuts the `<record>` elements out of a stream of XML, whatever their namespace prefix and whatever stands around
/// them.
///
/// Records are found by their tags alone, so a broken record costs only itself; see ``RecordFrame/longest``.
struct XMLRecordFramer: Sendable {
    private var buffer: [UInt8] = []
    /// How far the buffer has been searched for the next tag.
    private var position = 0
    private var recordStart: Int?
    /// Whether the present record has turned out to be the envelope of another one: OAI-PMH puts a record into the
    /// `metadata` of its own, SRU into `recordData`.
    private var isEnvelope = false
    private var recordLine = 1
    private var line: Int

    /// Space may stand behind the name of an end tag, and no more than so many bytes are looked through for its end.
    private static let longestEndTag = 1024

    /// - Parameter line: the line that the first byte stands in.
    init(line: Int = 1) {
        self.line = line
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let keep = recordStart ?? position
        buffer.removeSubrange(..<keep)
        position -= keep
        if recordStart != nil { recordStart = 0 }
        buffer.append(contentsOf: bytes)
    }

    mutating func next() -> RecordFrame? {
        while let tagStart = nextTag() {
            if let frame = overlong(upTo: tagStart) { return frame }
            guard let tag = tag(at: tagStart) else { return nil }
            guard tag.name == "record" else {
                if tag.name == "metadata" || tag.name == "recordData" { isEnvelope = !tag.isEnd }
                position = tagStart + 1
                continue
            }
            if tag.isEnd {
                let rest = buffer[tagStart...].prefix(Self.longestEndTag)
                guard let end = rest.firstIndex(of: 0x3E) else {
                    guard rest.count == Self.longestEndTag else { return overlong(upTo: buffer.count) }
                    // Nothing that ends a record; waiting on, it would keep all that comes.
                    position = tagStart + 1
                    continue
                }
                position = end + 1
                line += rest[..<end].count { $0 == 0x0A }
                guard let start = recordStart else { continue }
                recordStart = nil
                return .record(Array(buffer[start...end]), line: recordLine)
            }
            position = tagStart + 1
            let broken = isEnvelope ? nil : unfinished("found a record inside another", upTo: tagStart)
            isEnvelope = false
            recordStart = tagStart
            recordLine = line
            if let broken { return broken }
        }
        return overlong(upTo: buffer.count)
    }

    /// What is left of a record when the stream ends.
    mutating func end() -> RecordFrame? {
        defer { recordStart = nil }
        return unfinished("found the end of the file inside a record", upTo: buffer.count)
    }

    private func unfinished(_ cause: String, upTo end: Int) -> RecordFrame? {
        recordStart.map { .malformed(line: recordLine, cause: cause, text: RecordFrame.shown(buffer[$0..<end])) }
    }

    private mutating func overlong(upTo end: Int) -> RecordFrame? {
        guard let start = recordStart, end - start > RecordFrame.longest else { return nil }
        let frame = unfinished("found a record longer than \(RecordFrame.longest) bytes", upTo: end)
        recordStart = nil
        return frame
    }

    private mutating func nextTag() -> Int? {
        while position < buffer.count {
            if buffer[position] == 0x3C { return position }
            if buffer[position] == 0x0A { line += 1 }
            position += 1
        }
        return nil
    }

    /// The tag that begins at a place: its name without prefix; `nil` when its name has not come whole.
    private func tag(at start: Int) -> (name: String, isEnd: Bool)? {
        var place = start + 1
        guard place < buffer.count else { return nil }
        let isEnd = buffer[place] == 0x2F
        if isEnd { place += 1 }
        let head = buffer[place...].prefix(64)
        guard let end = head.firstIndex(where: { $0 <= 0x20 || $0 == 0x3E || $0 == 0x2F || $0 == 0x3C }) else {
            return head.count == 64 ? ("", isEnd) : nil
        }
        let local = head[..<end].split(separator: 0x3A).last ?? []
        return (String(decoding: local, as: UTF8.self), isEnd)
    }
}
