/// The scan of one row: where its fields begin and end. It can stop at any byte and go on when more have come.
///
/// All places count from the beginning of the row.
struct DelimitedScan: Sendable {
    struct Field: Sendable {
        var start: Int
        var end: Int
        var needsUnquoting: Bool
    }

    enum Outcome {
        case needsMore
        /// The row's length with its line end.
        case row(length: Int)
        case tooLong
        case brokenQuote
    }

    private enum State {
        case fieldStart, plain, quoted, quoteInQuoted
    }

    private(set) var fields: [Field] = []
    private(set) var position = 0
    /// Line breaks inside quotes so far, in the whole row and before the present quote.
    private(set) var lineBreaks = 0
    private(set) var quoteLineBreaks = 0
    /// Behind the end of the line in which the present quote was opened.
    private(set) var quoteLineEnd: Int?
    private var state = State.fieldStart
    private var fieldStart = 0
    private var isQuoted = false

    /// Begins the next row, keeping the memory for its fields.
    mutating func begin() {
        fields.removeAll(keepingCapacity: true)
        position = 0
        lineBreaks = 0
        quoteLineBreaks = 0
        quoteLineEnd = nil
        state = .fieldStart
        fieldStart = 0
        isQuoted = false
    }

    /// An empty line.
    var isBlank: Bool { fields.count == 1 && fields[0].start == fields[0].end && !fields[0].needsUnquoting }

    mutating func run(_ buffer: [UInt8], from start: Int, delimiter: UInt8, isLast: Bool) -> Outcome {
        buffer.withUnsafeBufferPointer { bytes in
            run(UnsafeBufferPointer(rebasing: bytes[start...]), delimiter: delimiter, isLast: isLast)
        }
    }

    private mutating func run(_ row: UnsafeBufferPointer<UInt8>, delimiter: UInt8, isLast: Bool) -> Outcome {
        let limit = min(row.count, DelimitedParser.longestRow)
        while position < limit {
            let byte = row[position]
            switch state {
            case .fieldStart, .plain:
                if byte == delimiter {
                    guard closeField(next: position + 1) else { return .tooLong }
                } else if byte == 0x0A {
                    return closeRow(next: position + 1)
                } else if byte == 0x0D {
                    guard position + 1 < row.count || isLast else { return .needsMore }
                    let next = position + 1 < row.count && row[position + 1] == 0x0A ? position + 2 : position + 1
                    return closeRow(next: next)
                } else if byte == 0x22, state == .fieldStart {
                    openQuote()
                } else {
                    state = .plain
                    position += 1
                    while position < limit, !Self.endsPlain(row[position], delimiter) { position += 1 }
                }
            case .quoted:
                if byte == 0x22 {
                    state = .quoteInQuoted
                } else if byte == 0x0A {
                    breakLine()
                } else if byte == 0x0D {
                    guard position + 1 < row.count || isLast else { return .needsMore }
                    // Before an LF it is that which ends the line.
                    if position + 1 == row.count || row[position + 1] != 0x0A { breakLine() }
                }
                position += 1
            case .quoteInQuoted:
                if byte == 0x22 {
                    state = .quoted
                    position += 1
                } else if byte == delimiter || byte == 0x0A || byte == 0x0D {
                    state = .plain
                } else if quoteLineEnd != nil {
                    // A quote from an earlier line that meets text here was never closed there.
                    return .brokenQuote
                } else {
                    state = .plain
                }
            }
        }
        return stopped(at: limit, isLast: isLast)
    }

    private mutating func stopped(at limit: Int, isLast: Bool) -> Outcome {
        if limit == DelimitedParser.longestRow { return state == .quoted ? .brokenQuote : .tooLong }
        guard isLast else { return .needsMore }
        return state == .quoted ? .brokenQuote : closeRow(next: position)
    }

    private mutating func openQuote() {
        state = .quoted
        isQuoted = true
        quoteLineBreaks = lineBreaks
        quoteLineEnd = nil
        position += 1
    }

    /// A line ends inside the present quote.
    private mutating func breakLine() {
        lineBreaks += 1
        if quoteLineEnd == nil { quoteLineEnd = position + 1 }
    }

    private mutating func closeField(next: Int) -> Bool {
        fields.append(Field(start: fieldStart, end: position, needsUnquoting: isQuoted))
        position = next
        fieldStart = next
        isQuoted = false
        state = .fieldStart
        return fields.count < DelimitedParser.mostFields
    }

    private mutating func closeRow(next: Int) -> Outcome {
        _ = closeField(next: next)
        return .row(length: next)
    }

    private static func endsPlain(_ byte: UInt8, _ delimiter: UInt8) -> Bool {
        byte == delimiter || byte == 0x0A || byte == 0x0D
    }

    /// The content of a quoted field: its quotes gone, doubled ones single, text behind the closing quote kept.
    static func unquoted(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(field.count)
        var isInside = true
        var position = field.startIndex + 1
        while position < field.endIndex {
            let byte = field[position]
            if isInside, byte == 0x22 {
                if position + 1 < field.endIndex, field[position + 1] == 0x22 {
                    content.append(byte)
                    position += 1
                } else {
                    isInside = false
                }
            } else {
                content.append(byte)
            }
            position += 1
        }
        return content
    }
}
