import API
import ArgumentParser
import Library
import Testing

@testable import Command

private func sorted(_ lines: [String], _ arguments: [String] = []) throws -> SortedCallNumbers {
    let options = try ShelfOrderOptions.parse(arguments)
    return SortedCallNumbers(text: lines.joined(separator: "\n"), scheme: options.scheme, rules: options.rules)
}

@Suite struct SortedCallNumbersTests {
    @Test func `numbers come out in shelf order, equal ones in the order in which they came`() throws {
        let lines = ["QA 76.9 .B2", "QA76 .B25", "", "QA 9", "QA  76 .B25", "QA76.B3"]
        #expect(try sorted(lines).numbers == ["QA 9", "QA76 .B25", "QA  76 .B25", "QA76.B3", "QA 76.9 .B2"])
    }

    @Test func `what cannot be filed is told by line and put nowhere`() throws {
        let result = try sorted(["QA 9\r", "???", "12 QA"])
        #expect(result.numbers == ["QA 9"])
        #expect(result.unsortable.map(\.line) == [2, 3])
        #expect(result.unsortable.first?.cause.contains("found nothing to file") == true)
    }

    @Test func `schemes and switches are those of the options`() throws {
        #expect(try sorted(["9", "10.5", "10.25"], ["--scheme", "ddc"]).numbers == ["9", "10.25", "10.5"])
        let names = ["Zola", "Ådal", "Adams"]
        #expect(try sorted(names, ["--scheme", "local"]).numbers == ["Ådal", "Adams", "Zola"])
        #expect(
            try sorted(names, ["--scheme", "local", "--alphabet", "swedish"]).numbers == ["Adams", "Zola", "Ådal"]
        )
        let marks = [".A101m", ".A101 A101"].map { "QA 1 \($0)" }
        #expect(try sorted(marks).numbers == marks.reversed())
        #expect(try sorted(marks, ["--work-mark", "before second cutter"]).numbers == marks)
    }

    @Test func `parts are named each once`() {
        #expect(throws: (any Error).self) { try ShelfOrderOptions.parse(["--parts", "date,chapter"]) }
        #expect(throws: (any Error).self) { try ShelfOrderOptions.parse(["--parts", "date,date"]) }
        #expect(throws: Never.self) { try ShelfOrderOptions.parse(["--parts", "volume,date,copy"]) }
    }

    @Test func `a key is explained part by part, and the parts are the key`() throws {
        let key = try ExplainedKey("QA 76.9 .B25 2001", scheme: .lcc, rules: .standard)
        #expect(key.parts.map(\.text).contains("B25"))
        #expect(key.parts.map(\.key).joined() == key.key)
        #expect(key.lines.last == "key  \(key.key)")
        #expect(throws: Complaint.self) { try ExplainedKey("???", scheme: .lcc, rules: .standard) }
    }
}
