import Testing

@testable import Importers

@Suite struct JSONFramerTests {
    /// The records of a stream with the page array they stood in, fed in portions of one size.
    private func records(_ text: String, containers: Set<String> = [], portion: Int = 1 << 20) -> [String] {
        var framer = JSONFramer(containers: containers)
        var records: [String] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: portion) {
            framer.append(bytes[start..<min(bytes.count, start + portion)])
            while let frame = framer.next() { records.append(framer.container + describe(frame)) }
        }
        if let frame = framer.end() { records.append(describe(frame)) }
        return records
    }

    private func describe(_ frame: RecordFrame) -> String {
        switch frame {
        case .record(let bytes, let line): "\(line): \(String(decoding: bytes, as: UTF8.self))"
        case .malformed(let line, let cause, _): "\(line)! \(cause)"
        }
    }

    @Test(
        arguments: [
            (#"[{"a":1},{"b":{"c":[{}]}}]"#, [], [#"1: {"a":1}"#, #"1: {"b":{"c":[{}]}}"#]),
            ("[{}]\n[{}]", [], ["1: {}", "2: {}"]),
            ("{\"a\":1}\n{\"b\":2}", [], ["1: {\"a\":1}", "2: {\"b\":2}"]),
            ("{\"items\":[{\"a\":1}],\n\"n\":2}", ["items"], ["items1: {\"a\":1}"]),
            ("{\"totalRecords\":1,\"x\":[{}],\"items\":[{}]}", ["items"], ["items1: {}"]),
            ("{\"id\":1,\"items\":[{}]}", ["items"], ["1: {\"id\":1,\"items\":[{}]}"]),
            (#"[{"a":"}]{\""}]"#, [], [#"1: {"a":"}]{\""}"#]),
            ("[]", [], []), ("", [], []), ("x y", [], []),
            ("[{\"a\":1},{\"b\"", [], ["1: {\"a\":1}", "1! found the end of the file inside a record"]),
            ("{\"items\":[", ["items"], ["1! found the end of the file inside a page"]),
        ] as [(String, Set<String>, [String])]
    )
    func `records are found in arrays, pages and rows`(_ text: String, _ containers: Set<String>, _ wanted: [String]) {
        #expect(records(text, containers: containers) == wanted)
        #expect(records(text, containers: containers, portion: 1) == wanted)
    }

    @Test func `a string that never closes ends with its line`() {
        #expect(records("{\"a\":\"x}\n}\n{\"b\":1}") == ["1: {\"a\":\"x}\n}", "3: {\"b\":1}"])
    }

    /// Text and quotes changed places for the rest of the file.
    @Test(arguments: [1, 1 << 20]) func `a backslash at the end of a line ends no other record`(_ portion: Int) {
        let text = "[\n{\"a\":\"x\\\n},\n{\"b\":1}\n]"
        #expect(records(text, portion: portion) == ["2: {\"a\":\"x\\\n}", "4: {\"b\":1}"])
    }

    @Test func `a record beyond the limit is refused and the next one read`() {
        let text = "[{\"a\":\"" + String(repeating: "x", count: RecordFrame.longest) + "\"},{\"b\":1}]"
        let wanted = ["1! found a record longer than 1048576 bytes", "1: {\"b\":1}"]
        #expect(records(text) == wanted)
        #expect(records(text, portion: 4096) == wanted)
    }

    @Test func `lines are records of their own and a broken one costs only itself`() {
        var framer = LineFramer()
        let long = String(repeating: "x", count: RecordFrame.longest + 1)
        framer.append(Array("{\"a\n\n \(long)\nb".utf8)[...])
        #expect(framer.next() == .record(Array("{\"a".utf8), line: 1))
        guard case .malformed(3, "found a line longer than 1048576 bytes", let text) = framer.next() else {
            Issue.record("the long line was not refused")
            return
        }
        #expect(text.count == 500)
        #expect(framer.next() == nil)
        #expect(framer.end() == .record([0x62], line: 4))
        #expect(framer.end() == nil)
    }
}
