/// Splits delimiter-separated text into rows and fields, as a stream and without ever losing its way.
///
/// Quoted fields may hold delimiters, line breaks and doubled quotes; lines end in LF, CR LF or CR; a byte order mark
/// is skipped. Memory is bounded by ``longestRow``: a longer row is reported and skipped. A quote that never closes is
/// reported with the line it stands in, and reading goes on with the next line, so that it swallows no good rows.
package struct DelimitedParser: Sendable {
    /// The longest row, in bytes.
    package static let longestRow = 1 << 20
    /// The most fields of one row.
    package static let mostFields = 2000

    /// What was found up to the end of a row.
    package enum Event: Hashable, Sendable {
        /// A row is complete; its fields can be read until the next call.
        case row(line: Int)
        /// A row that cannot be split, the line it or its broken quote starts in, and its beginning.
        case malformed(line: Int, cause: String, text: String)
    }

    /// The bytes not consumed yet, from the present row on.
    private var buffer: [UInt8] = []
    /// Where the present row begins in the buffer, and how far it has been scanned.
    private var start = 0
    private var scan = DelimitedScan()
    private var line = 1
    private var consumed = 0
    private var isSkippingLine = false
    private var hasEnded = false
    /// The byte between two fields: a comma 2C, a semicolon 3B, a tab 09 or a pipe 7C.
    package let delimiter: UInt8

    package init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Takes bytes in any portions; a row or a quote may be cut anywhere.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        advance()
        if start > 0 {
            buffer.removeSubrange(..<start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Says that no more bytes follow.
    package mutating func end() {
        hasEnded = true
    }

    /// The next row that is complete; `nil` when more bytes are needed, or at the end.
    package mutating func next() -> Event? {
        advance()
        while start < buffer.count {
            if isSkippingLine {
                guard skipLine() else { return nil }
                continue
            }
            switch scan.run(buffer, from: start, delimiter: delimiter, isLast: hasEnded) {
            case .needsMore: return nil
            case .row(let length):
                consumed = length
                if !scan.isBlank { return .row(line: line) }
                advance()
            case .tooLong:
                return malformed("found a row longer than \(Self.longestRow) bytes or \(Self.mostFields) fields")
            case .brokenQuote:
                return brokenQuote()
            }
        }
        return nil
    }

    /// How many fields the present row has.
    package var fieldCount: Int { scan.fields.count }

    /// The bytes of a field of the present row, unquoted; empty when the row has no such field.
    package func field(_ index: Int) -> ArraySlice<UInt8> {
        guard index >= 0, index < scan.fields.count else { return [] }
        let field = scan.fields[index]
        let bytes = buffer[start + field.start..<start + field.end]
        return field.needsUnquoting ? DelimitedScan.unquoted(bytes)[...] : bytes
    }

    /// The present row as it stands in the file, cut to what a person can look through.
    package var rowText: String { Self.shown(buffer[start..<min(buffer.count, start + consumed)]) }

    /// Leaves the row handed out last.
    private mutating func advance() {
        guard consumed > 0 else { return }
        start += consumed
        line += 1 + scan.lineBreaks
        consumed = 0
        scan.begin()
    }

    private mutating func malformed(_ cause: String) -> Event {
        let event = Event.malformed(line: line, cause: cause, text: Self.shown(scanned(scan.position)))
        line += scan.lineBreaks
        start += scan.position
        scan.begin()
        isSkippingLine = true
        return event
    }

    private mutating func brokenQuote() -> Event {
        let opened = line + scan.quoteLineBreaks
        let cause = "found a quote in field \(scan.fields.count + 1) of line \(opened) that never closes"
        // Not what stands behind: those rows may be good ones, and how many are there the portions decide.
        let text = Self.shown(scanned(scan.quoteLineEnd ?? scan.position))
        let event = Event.malformed(line: opened, cause: cause, text: text)
        if let lineEnd = scan.quoteLineEnd {
            start += lineEnd
            line = opened + 1
            isSkippingLine = false
        } else {
            start += scan.position
            line = opened
            isSkippingLine = true
        }
        scan.begin()
        return event
    }

    /// The present row's first bytes, as far as they have been scanned.
    private func scanned(_ count: Int) -> ArraySlice<UInt8> { buffer[start..<min(buffer.count, start + count)] }

    /// Drops bytes up to the end of the line; false when it has not come yet.
    private mutating func skipLine() -> Bool {
        guard var lineEnd = buffer[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
            start = buffer.count
            return false
        }
        if buffer[lineEnd] == 0x0D {
            guard lineEnd + 1 < buffer.count || hasEnded else {
                start = lineEnd
                return false
            }
            if lineEnd + 1 < buffer.count, buffer[lineEnd + 1] == 0x0A { lineEnd += 1 }
        }
        start = lineEnd + 1
        line += 1
        isSkippingLine = false
        return true
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        var row = bytes.prefix(500)
        while let last = row.last, last == 0x0A || last == 0x0D { row.removeLast() }
        return String(decoding: row, as: UTF8.self)
    }
}
