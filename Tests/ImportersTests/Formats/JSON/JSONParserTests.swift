import Testing

@testable import Importers

@Suite struct JSONParserTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONParser.value(Array(text.utf8)[...])
    }

    @Test func `every kind of value is read, numbers in their own spelling`() throws {
        let value = try parse(#" {"a":[1,-2.50e+3,true,false,null,"x"],"b":{},"c":[]} "#)
        #expect(
            value
                == .object([
                    "a": .array([
                        .number("1"), .number("-2.50e+3"), .bool(true), .bool(false), .null, .string("x"),
                    ]),
                    "b": .object([:]), "c": .array([]),
                ])
        )
    }

    @Test(
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#""Gr\u00f6\u00dfe""#, "Größe"),
            (#""\ud83d\udcd6""#, "📖"),
            (#""\ud83d x""#, "\u{FFFD} x"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"),
            ("\"Größe\"", "Größe"),
        ]
    )
    func `escapes become their characters`(_ text: String, _ wanted: String) throws {
        #expect(try parse(text) == .string(wanted))
    }

    @Test(
        arguments: [
            ("", "the end", 0), ("{", "the end", 1), (#"{"a"}"#, "'}'", 4), (#"{"a":1,}"#, "'}'", 7),
            ("[1 2]", "'2'", 3),
            ("nul", "'n'", 0), ("1-", "'1'", 0), (#""a"#, "the end", 2), ("\"a\nb\"", "byte 10", 2),
            (#""\x""#, "'x'", 2),
            (#""\u12G4""#, "'1'", 3), ("1 2", "'2'", 2), ("{1:2}", "'1'", 1),
        ]
    )
    func `what is no JSON is refused with its place`(_ text: String, _ found: String, _ offset: Int) {
        #expect(throws: JSONParser.Flaw(found: found, offset: offset)) { try parse(text) }
    }

    @Test func `values nested too deep are refused`() throws {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(throws: JSONParser.Flaw(found: "more than 32 levels", offset: 32)) { try parse(deep) }
        let flat = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(throws: Never.self) { try parse(flat) }
    }

    @Test func `a path leads through objects to text`() throws {
        let value = try parse(#"{"status":{"name":" Available ","n":3,"on":true,"none":null,"blank":" "}}"#)
        #expect(value.value(at: "status.name")?.text == "Available")
        #expect(value.value(at: "status.n")?.text == "3")
        #expect(value.value(at: "status.on")?.text == "true")
        for path in ["status.none", "status.blank", "status.name.x", "gone", "status"] {
            #expect(value.value(at: path)?.text == nil)
        }
    }
}
