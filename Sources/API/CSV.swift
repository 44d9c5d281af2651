import FoundationEssentials

/// Comma-separated values for spreadsheets (RFC 4180): CRLF at line ends, quotes where needed.
package enum CSV {
    /// One line with its end.
    ///
    /// A cell that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@` or a tab) gets an
    /// apostrophe in front: titles come from outside and must not run.
    package static func line(_ cells: [String?]) -> String {
        cells.map { cell(harmless($0 ?? "")) }.joined(separator: ",") + "\r\n"
    }

    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private static func cell(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        // By scalars: a quote with an accent behind it is one character to Swift, and no quote.
        let doubled = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
    }
}

extension CSV {
    /// All findings of a sweep, one line each under a line of column names.
    package static func findings(_ findings: [Finding]) -> String {
        let names = [
            "kind", "severity", "barcode", "callNumber", "title", "reason", "advice", "uid", "lastSeen", "reader",
        ]
        return findings.reduce(into: line(names)) { text, finding in
            text += line([
                finding.kind, finding.severity, finding.barcode, finding.callNumber, finding.title, finding.reason,
                finding.advice, finding.uid, finding.lastSeen?.formatted(.iso8601), finding.reader,
            ])
        }
    }
}

extension CSV {
    /// The barcodes of findings, each once, one a line and nothing else: what the batch tools of library systems and
    /// lists that ring take. Tags whose item is not known have none.
    package static func barcodes(_ findings: [Finding]) -> String {
        var told: Set<String> = []
        return findings.compactMap(\.barcode).filter { told.insert($0).inserted }.map { $0 + "\n" }.joined()
    }

    /// The moves of a sweep in order, one line each under a line of column names.
    package static func moves(_ moves: [Move]) -> String {
        let names = [
            "number", "barcode", "callNumber", "title", "standsAfter", "standsBefore", "putAfter", "putBefore",
            "places",
            "fromShelf", "toShelf", "done",
        ]
        return moves.reduce(into: line(names)) { text, move in
            text += line([
                "\(move.number)", move.item.barcode, move.item.callNumber, move.item.title,
                move.standsAfter?.callNumber, move.standsBefore?.callNumber, move.putAfter?.callNumber,
                move.putBefore?.callNumber, "\(move.places.magnitude) \(move.places < 0 ? "back" : "on")",
                move.fromShelf, move.toShelf, move.isDone ? "yes" : "no",
            ])
        }
    }

    /// What was told of a sweep's items, in the order of telling, one line each under a line of column names.
    package static func writeBacks(_ lines: [WriteBackLine]) -> String {
        lines.reduce(into: line(["route", "barcode", "state", "result", "at"])) { text, told in
            text += line([told.route, told.barcode, told.state, told.result, told.at?.ISO8601Format()])
        }
    }
}
