import Foundation
import Testing

@testable import Importers

/// Our readers against Python's on generated and damaged input.
@Suite struct PythonDifferentialTests {
    @Test(.enabled(if: PythonOracle.isThere, "python3 is not installed"), arguments: [1, 2, 3, 4] as [UInt64])
    func `delimited text splits into the same fields as in python`(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let texts = (0..<120).map { _ in Self.table(&generator) }
        let program = """
            import csv, io, json, sys
            texts = json.load(open(sys.argv[1]))
            rows = lambda t: [r for r in csv.reader(io.StringIO(t, newline="")) if r and r != [""]]
            print(json.dumps([rows(t) for t in texts]))
            """
        let bytes = try Array(JSONEncoder().encode(texts))
        let answers = try #require(try PythonOracle.judge(bytes, program, as: [[[String]]].self))
        var compared = 0
        for (text, wanted) in zip(texts, answers) {
            guard let rows = Self.rows(text) else { continue }
            #expect(rows == wanted, "\(text.debugDescription)")
            compared += 1
        }
        #expect(compared > 60)
    }

    /// A small table, half of the time with its quotes and line ends shaken up.
    private static func table(_ generator: inout SeededGenerator) -> String {
        let pieces = ["a", "7", "ö", " ", ",", "\"", "\n", "\r\n", "QA 76", "x y"]
        func field() -> String {
            let content = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let needsQuotes = content.contains { ",\"\n\r\r\n".contains($0) } || Bool.random(using: &generator)
            return needsQuotes ? "\"" + content.replacing("\"", with: "\"\"") + "\"" : content
        }
        let lineEnd = Bool.random(using: &generator) ? "\n" : "\r\n"
        let rows = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            (0..<3).map { _ in field() }.joined(separator: ",")
        }
        var text = Array((rows.joined(separator: lineEnd) + lineEnd).unicodeScalars)
        if Bool.random(using: &generator), let place = text.indices.randomElement(using: &generator) {
            if Bool.random(using: &generator) { text[place] = "z" } else { text.remove(at: place) }
        }
        return String(String.UnicodeScalarView(text))
    }

    /// Our fields; `nil` where we report a broken quote, which Python swallows.
    private static func rows(_ text: String) -> [[String]]? {
        var parser = DelimitedParser(delimiter: 0x2C)
        parser.append(Array(text.utf8)[...])
        parser.end()
        var rows: [[String]] = []
        while let event = parser.next() {
            guard case .row = event else { return nil }
            let row = (0..<parser.fieldCount).map { String(decoding: parser.field($0), as: UTF8.self) }
            if row != [""] { rows.append(row) }
        }
        return rows
    }

    private struct Judged: Decodable {
        var tag: String
        var value: String?
        var subfields: [[String]]?
    }

    /// What pymarc reads of a file: each record's fields, and nothing for a record that it refuses.
    private static func judge(_ bytes: [UInt8]) throws -> [[Judged]?]? {
        let program = """
            import json, sys, pymarc
            def fields(r):
                return [{"tag": f.tag, "value": f.data} if f.is_control_field() else
                        {"tag": f.tag, "subfields": [[s.code, s.value] for s in f.subfields]} for f in r]
            reader = pymarc.MARCReader(open(sys.argv[1], "rb"), to_unicode=True)
            print(json.dumps([None if r is None else fields(r) for r in reader]))
            """
        return try PythonOracle.judge(bytes, program, as: [[Judged]?].self)
    }

    private static func expect(_ record: MARCRecord, _ wanted: [Judged]) {
        #expect(record.fields.map(\.tag) == wanted.map(\.tag))
        for (field, judged) in zip(record.fields, wanted) {
            #expect(field.subfields.map { [String($0.code), $0.value] } == judged.subfields ?? [])
            if let value = judged.value { #expect(field.value == value) }
        }
    }

    @Test(.enabled(if: PythonOracle.hasMARC, "pymarc is not installed"), arguments: [1, 2, 3] as [UInt64])
    func `marc records have the same fields as in pymarc`(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let records = (0..<60).map { _ in Self.record(&generator) }
        let answers = try #require(try Self.judge(records.flatMap { $0 }))
        try #require(answers.count == records.count)
        for (bytes, wanted) in zip(records, answers) {
            Self.expect(try MARCRecord(iso2709: bytes), try #require(wanted))
        }
    }

    /// The leader stays as it is: pymarc goes by its length, which we do not.
    @Test(.enabled(if: PythonOracle.hasMARC, "pymarc is not installed"), arguments: [1, 2, 3, 4] as [UInt64])
    func `a record with a changed byte is read as in pymarc, and the records around it as ever`(_ seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        var bytes: [UInt8] = []
        var keepsItsFrame: [Bool] = []
        for _ in 0..<60 {
            var damaged = Self.record(&generator)
            let places = damaged.indices.dropFirst(24).filter { (0x21...0x7E).contains(damaged[$0]) }
            let place = try #require(places.randomElement(using: &generator))
            damaged[place] = Array("0189AZaz".utf8).randomElement(using: &generator) ?? 0x5A
            keepsItsFrame += [true, place > damaged.firstIndex(of: 0x1E) ?? 0, true]
            bytes += Self.record(&generator) + damaged + Self.record(&generator)
        }
        let answers = try #require(try Self.judge(bytes))
        try #require(answers.count == keepsItsFrame.count)
        var framer = ISO2709Framer()
        framer.append(bytes[...])
        var compared = 0
        for (wanted, keepsItsFrame) in zip(answers, keepsItsFrame) {
            guard case .record(let record, _) = framer.next() else {
                Issue.record("found fewer records than pymarc")
                return
            }
            let ours = try? MARCRecord(iso2709: record)
            // A directory that lies is read by the field marks here and not at all there.
            guard keepsItsFrame else { continue }
            Self.expect(try #require(ours), try #require(wanted))
            compared += 1
        }
        #expect(framer.next() == nil && framer.end() == nil)
        #expect(compared > 125)
    }

    /// A record in UTF-8 or, with accents before their letters, in MARC-8.
    private static func record(_ generator: inout SeededGenerator) -> [UInt8] {
        let isMARC8 = Bool.random(using: &generator)
        let pieces: [[UInt8]] =
            isMARC8
            ? [
                [0xE8, 0x75], [0xE2, 0x65], [0xA1], [0xB2], [0xC7], [0xF0, 0x63], [0x41], [0x20], [0x2E], [0xEA, 0x61],
            ]
            : ["ü", "é", "Ł", "漢", "A", " ", ".", "å"].map { Array($0.utf8) }
        func text() -> [UInt8] {
            (0..<Int.random(in: 1...8, using: &generator)).flatMap { _ in pieces.randomElement(using: &generator) ?? []
            }
        }
        var fields: [(tag: String, content: [UInt8])] = [
            ("001", Array("n\(Int.random(in: 1...99, using: &generator))".utf8))
        ]
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            var content: [UInt8] = [0x20, 0x20]
            for code in "abop".utf8.prefix(Int.random(in: 1...4, using: &generator)) {
                content += [0x1F, code] + text()
            }
            fields.append((["245", "852", "952"].randomElement(using: &generator) ?? "245", content))
        }
        return ISO2709Builder.record(fields, flags: isMARC8 ? "nam  22" : "nam a22")
    }
}
