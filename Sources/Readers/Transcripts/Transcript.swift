package import Wire

/// A recorded conversation with a device, as text a person can read and a test can replay.
///
///     # CPR40 on the circulation desk, 2026-03-02
///     > 02 00 07 FF 65 6E 61
///     < 02 00 0F 00 65 00 03 03 00 44 53 0D 30 74 69
///
/// `>` is what the host sent, `<` what the device sent, `#` begins a comment, also behind bytes; empty lines mean
/// nothing.
package struct Transcript: Hashable, Sendable {
    /// One line of the text.
    package enum Line: Hashable, Sendable {
        case sent([UInt8])
        case received([UInt8])
        case comment(String)
    }

    /// In the order of the conversation; empty lines of the text are not kept.
    package var lines: [Line]

    package init(_ lines: [Line] = []) {
        self.lines = lines
    }
}

extension Transcript.Line {
    /// One line of a transcript; `nil` for an empty one.
    package init?(parsing text: some StringProtocol, number: Int) throws(ParseError) {
        let bytes = text.prefix { $0 != "#" }
        guard let mark = bytes.first(where: { !$0.isWhitespace }) else {
            guard bytes.endIndex < text.endIndex else { return nil }
            self = .comment(Self.trimmed(text[bytes.endIndex...].dropFirst()))
            return
        }
        guard mark == ">" || mark == "<" else {
            throw .invalid(field: "transcript line \(number)", offset: 0, found: "\(mark)", wanted: "> or < or #")
        }
        let content: [UInt8]
        do throws(ParseError) {
            content = try Hex.bytes(bytes.drop(while: \.isWhitespace).dropFirst())
        } catch .invalid(_, let offset, let found, let wanted) {
            throw .invalid(field: "transcript line \(number)", offset: offset, found: found, wanted: wanted)
        } catch .truncated(_, let offset, let wanted, let found) {
            throw .truncated(field: "transcript line \(number)", offset: offset, wanted: wanted, found: found)
        }
        self = mark == ">" ? .sent(content) : .received(content)
    }

    /// The line as written to a file.
    package var text: String {
        switch self {
        case .sent(let bytes): "> " + Hex.string(bytes, separator: " ")
        case .received(let bytes): "< " + Hex.string(bytes, separator: " ")
        case .comment(let text): text.isEmpty ? "#" : "# " + text
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(String(start.reversed().drop(while: \.isWhitespace)).reversed())
    }
}

extension Transcript {
    /// Reads a whole transcript; a mistake names its line.
    package init(parsing text: some StringProtocol) throws(ParseError) {
        lines = []
        let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
        for (index, line) in written.enumerated() {
            if let line = try Line(parsing: line, number: index + 1) { lines.append(line) }
        }
    }

    /// The whole, each line ended.
    package var text: String {
        lines.map { $0.text + "\n" }.joined()
    }
}
