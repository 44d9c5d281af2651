/// Cuts the objects that are records out of a JSON stream: an array of them, pages that hold such an array under a
/// known name (`{"items": […], "totalRecords": 9}`), or objects one after another (JSON lines). Pages may follow each
/// other.
///
/// A page need not fit into memory, only a record; see ``RecordFrame/longest``.
struct JSONFramer: Sendable {
    /// How records stand in the present document.
    private enum Shape {
        /// Nothing but space has come since the last document.
        case between
        /// An object has been opened; its first key tells whether it is a page or a record.
        case undecided
        case page
        case pageArray(name: String)
        case array
        case single
    }

    private let containers: Set<String>
    private var buffer: [UInt8] = []
    private var position = 0
    private var shape = Shape.between
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var lastString: [UInt8] = []
    /// Where the present record begins in the buffer.
    private var recordStart: Int?
    private var recordLine = 1
    private var recordDepth = 0
    private var line = 1

    /// The name of the array that the last record stood in; empty outside pages.
    private(set) var container = ""

    /// `containers` are the names under which a page may hold its records.
    init(containers: Set<String>) {
        self.containers = containers
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let keep = recordStart ?? position
        if keep > 0 {
            buffer.removeSubrange(..<keep)
            position -= keep
            if recordStart != nil { recordStart = 0 }
        }
        buffer.append(contentsOf: bytes)
    }

    mutating func next() -> RecordFrame? {
        while position < buffer.count {
            let byte = buffer[position]
            position += 1
            if byte == 0x0A { line += 1 }
            if let frame = isInString ? inString(byte) : outside(byte) { return frame }
            if let start = recordStart, position - start > RecordFrame.longest { return overlong(start) }
        }
        return nil
    }

    /// What is left of a record when the stream ends.
    mutating func end() -> RecordFrame? {
        guard let start = recordStart else {
            guard depth > 0 else { return nil }
            depth = 0
            return .malformed(line: line, cause: "found the end of the file inside a page", text: "")
        }
        recordStart = nil
        depth = 0
        let text = RecordFrame.shown(buffer[start...])
        return .malformed(line: recordLine, cause: "found the end of the file inside a record", text: text)
    }

    private mutating func inString(_ byte: UInt8) -> RecordFrame? {
        // A line break cannot stand in a string, not even behind a backslash: one that was never closed ends with its line.
        if isEscaped, byte != 0x0A {
            isEscaped = false
        } else if byte == 0x5C {
            isEscaped = true
        } else if byte == 0x22 || byte == 0x0A {
            isEscaped = false
            isInString = false
            if case .undecided = shape { decide() }
        }
        if isInString, lastString.count < 64 { lastString.append(byte) }
        return nil
    }

    /// The first key of an object tells a page from a record.
    private mutating func decide() {
        let key = String(decoding: lastString, as: UTF8.self)
        if containers.contains(key) || key == "totalRecords" || key == "resultInfo" {
            shape = .page
            recordStart = nil
        } else {
            shape = .single
            recordDepth = 1
        }
    }

    private mutating func outside(_ byte: UInt8) -> RecordFrame? {
        switch byte {
        case 0x22:
            isInString = true
            lastString.removeAll(keepingCapacity: true)
        case 0x7B:
            depth += 1
            openObject()
        case 0x5B:
            depth += 1
            openArray()
        case 0x7D, 0x5D: return close()
        default: break
        }
        return nil
    }

    private mutating func openObject() {
        switch shape {
        case .between:
            shape = containers.isEmpty ? .single : .undecided
            begin(depth: 1)
        case .array where depth == 2: begin(depth: 2)
        case .pageArray(let name) where depth == 3:
            container = name
            begin(depth: 3)
        default: break
        }
    }

    private mutating func openArray() {
        switch shape {
        case .between: shape = .array
        case .page where depth == 2:
            let name = String(decoding: lastString, as: UTF8.self)
            if containers.contains(name) { shape = .pageArray(name: name) }
        default: break
        }
    }

    private mutating func begin(depth: Int) {
        recordStart = position - 1
        recordLine = line
        recordDepth = depth
    }

    private mutating func close() -> RecordFrame? {
        depth = max(0, depth - 1)
        defer {
            if depth == 0 {
                shape = .between
                container = ""
            } else if depth == 1, case .pageArray = shape {
                shape = .page
            }
        }
        guard let start = recordStart, depth < recordDepth else { return nil }
        recordStart = nil
        return .record(Array(buffer[start..<position]), line: recordLine)
    }

    private mutating func overlong(_ start: Int) -> RecordFrame {
        let text = RecordFrame.shown(buffer[start...])
        recordStart = nil
        return .malformed(
            line: recordLine,
            cause: "found a record longer than \(RecordFrame.longest) bytes",
            text: text
        )
    }
}
