import Testing

@testable import Importers

@Suite struct XMLRecordFramerTests {
    private func frames(_ text: String, portion: Int = 1 << 20) -> [RecordFrame] {
        var framer = XMLRecordFramer()
        var frames: [RecordFrame] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: portion) {
            framer.append(bytes[start..<min(bytes.count, start + portion)])
            while let frame = framer.next() { frames.append(frame) }
        }
        if let frame = framer.end() { frames.append(frame) }
        return frames
    }

    private func record(_ text: String, line: Int) -> RecordFrame { .record(Array(text.utf8), line: line) }

    @Test(arguments: [1, 2, 5, 1 << 20])
    func `records are found by their tags in any portions`(_ portion: Int) {
        let text = "<collection>\n<record>a</record>\n<marc:record x='1'>b</marc:record></collection>"
        #expect(
            frames(text, portion: portion) == [
                record("<record>a</record>", line: 2), record("<marc:record x='1'>b</marc:record>", line: 3),
            ]
        )
    }

    @Test(arguments: [1, 2, 5, 1 << 20])
    func `the envelopes of OAI-PMH and SRU are no records, and reject none`(_ portion: Int) {
        let harvested = """
            <ListRecords><record><header/><metadata><marc:record>a</marc:record></metadata></record>
            <record><header/><metadata><marc:record>b</marc:record></metadata></record></ListRecords>
            """
        let searched = "<zs:record><zs:recordData><record>c</record></zs:recordData></zs:record>"
        #expect(
            frames(harvested + searched, portion: portion) == [
                record("<marc:record>a</marc:record>", line: 1), record("<marc:record>b</marc:record>", line: 2),
                record("<record>c</record>", line: 2),
            ]
        )
    }

    @Test(arguments: [1, 2, 5, 1 << 20])
    func `lines that end inside an end tag are counted`(_ portion: Int) {
        #expect(
            frames("<record>a</record\n\n >\n<record>b</record>", portion: portion) == [
                record("<record>a</record\n\n >", line: 1), record("<record>b</record>", line: 4),
            ]
        )
    }

    /// Waiting for its end, everything behind it was kept, and searched again with every portion.
    @Test(arguments: [100, 1 << 20])
    func `an end tag without end is none`(_ portion: Int) {
        let open = "</record" + String(repeating: "\n", count: 2000)
        #expect(
            frames(open + "<record>a" + open + "b</record>", portion: portion) == [
                record("<record>a" + open + "b</record>", line: 2001)
            ]
        )
    }

    @Test func `a record without end costs itself, not the next one`() {
        #expect(
            frames("<record>a\n<record>b</record><record>c") == [
                .malformed(line: 1, cause: "found a record inside another", text: "<record>a\n"),
                record("<record>b</record>", line: 2),
                .malformed(line: 2, cause: "found the end of the file inside a record", text: "<record>c"),
            ]
        )
    }

    @Test func `names that only begin like a record are others`() {
        #expect(frames("<records><recordSchema/></records></record>") == [])
    }

    @Test func `a record beyond the limit is refused in bounded memory`() {
        let long = "<record>" + String(repeating: "x", count: RecordFrame.longest) + "</record><record/></record>"
        let result = frames(long, portion: 10_000)
        #expect(result.count == 2)
        #expect(result.last == record("<record/></record>", line: 1))
        #expect(frames(long) == result)
    }
}
