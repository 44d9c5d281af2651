import Importers
import Testing

@Suite struct DelimitedParserTests {
    private static func rows(_ text: String, portion: Int = 1000) -> (rows: [[String]], bad: [DelimitedParser.Event]) {
        var parser = DelimitedParser(delimiter: 0x2C)
        var rows: [[String]] = []
        var bad: [DelimitedParser.Event] = []
        func drain() {
            while let event = parser.next() {
                switch event {
                case .row:
                    rows.append((0..<parser.fieldCount).map { String(decoding: parser.field($0), as: UTF8.self) })
                case .malformed: bad.append(event)
                }
            }
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: portion) {
            parser.append(bytes[start..<min(bytes.count, start + portion)])
            drain()
        }
        parser.end()
        drain()
        return (rows, bad)
    }

    @Test(
        arguments: [
            ("a,b\n", [["a", "b"]]),
            ("a,b", [["a", "b"]]),
            ("a,\n,b\r\n", [["a", ""], ["", "b"]]),
            ("\n\na\n\n", [["a"]]),
            ("a\rb\r", [["a"], ["b"]]),
            ("\"a,1\",\"b\nc\",\"d\"\"e\"\n", [["a,1", "b\nc", "d\"e"]]),
            ("5\" disk,x\n", [["5\" disk", "x"]]),
            ("\"ab\"cd,x\n", [["abcd", "x"]]),
            ("\"\",\"\"\n", [["", ""]]),
            ("a,\"b\r\nc\"\r\nd,e\r\n", [["a", "b\r\nc"], ["d", "e"]]),
        ] as [(String, [[String]])]
    )
    func `rows split the same at once and byte by byte`(_ text: String, _ wanted: [[String]]) {
        #expect(Self.rows(text).rows == wanted)
        #expect(Self.rows(text, portion: 1).rows == wanted)
        #expect(Self.rows(text).bad.isEmpty)
    }

    @Test func `a quote that never closes costs its own line only`() {
        let text = "a,1\nb,\"2\nc,3\nd,\"4\"\ne,5\n"
        for portion in [1, 3, 1000] {
            let (rows, bad) = Self.rows(text, portion: portion)
            #expect(rows == [["a", "1"], ["c", "3"], ["d", "4"], ["e", "5"]])
            #expect(
                bad == [
                    .malformed(line: 2, cause: "found a quote in field 2 of line 2 that never closes", text: "b,\"2")
                ]
            )
        }
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `whatever ends the lines, a broken quote and a row that is too long cost only themselves`(_ end: String) {
        let long = String(repeating: "x", count: DelimitedParser.longestRow + 10)
        let text = ["a,1", "b,\"2", "c,3", "d,\"4\"", long, "e,5", "f,\"6", "g,7", ""].joined(separator: end)
        for portion in [7, 65536] {
            let (rows, bad) = Self.rows(text, portion: portion)
            #expect(rows == [["a", "1"], ["c", "3"], ["d", "4"], ["e", "5"], ["g", "7"]])
            #expect(bad.map(Self.line) == [2, 5, 7])
        }
    }

    private static func line(_ event: DelimitedParser.Event) -> Int {
        switch event {
        case .row(let line), .malformed(let line, _, _): line
        }
    }

    @Test func `a quote open at the end of the file gives back the rows it swallowed`() {
        let (rows, bad) = Self.rows("a,\"1\nb,2\nc,3\n", portion: 2)
        #expect(rows == [["b", "2"], ["c", "3"]])
        #expect(bad.count == 1)
    }

    @Test func `a field of ten megabytes is rejected and the rows around it come through`() {
        for quote in ["", "\""] {
            let text = "a,1\nb,\(quote)" + String(repeating: "x", count: 10_000_000) + "\(quote)\nc,3\n"
            let (rows, bad) = Self.rows(text, portion: 65536)
            #expect(rows == [["a", "1"], ["c", "3"]])
            #expect(bad.count == 1)
        }
    }

    @Test func `lines are counted through quoted line breaks`() {
        var parser = DelimitedParser(delimiter: 0x2C)
        parser.append(Array("\"a\nb\",1\n\nc,2\n".utf8)[...])
        #expect(parser.next() == .row(line: 1))
        #expect(parser.next() == .row(line: 4))
        #expect(parser.rowText == "c,2")
        #expect(parser.next() == nil)
    }
}
