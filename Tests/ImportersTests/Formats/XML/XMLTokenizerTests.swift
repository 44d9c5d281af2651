import Testing

@testable import Importers

@Suite struct XMLTokenizerTests {
    private func tokens(_ text: String) throws -> [XMLTokenizer.Token] {
        var tokenizer = XMLTokenizer(Array(text.utf8))
        var tokens: [XMLTokenizer.Token] = []
        while let token = try tokenizer.next() { tokens.append(token) }
        return tokens
    }

    @Test func `tags, attributes and text come in order, without prefixes`() throws {
        #expect(
            try tokens("<m:a x='1' n:y = \"2\"><b/>t</m:a >") == [
                .start("a", attributes: ["x": "1", "y": "2"]), .start("b", attributes: [:]), .end("b"), .text("t"),
                .end("a"),
            ]
        )
    }

    @Test func `comments, instructions and declarations are skipped and character data is text`() throws {
        let text = "<?xml version='1.0'?><!DOCTYPE x><!-- <a> --><a><![CDATA[<b> & c]]></a>"
        #expect(try tokens(text) == [.start("a", attributes: [:]), .text("<b> & c"), .end("a")])
        #expect(try tokens("<!-- never closed") == [])
        #expect(try tokens("<![CDATA[never closed") == [.text("never closed")])
    }

    @Test func `entities and character references are resolved`() throws {
        #expect(try tokens("&lt;&amp;&gt;&quot;&apos; &#246;&#xDF;") == [.text("<&>\"' öß")])
        #expect(try tokens("<a t='&amp;'/>").first == .start("a", attributes: ["t": "&"]))
    }

    @Test(
        arguments: [
            ("&xxe;", "entity &xxe;"), ("&#xD800;", "entity &#xD800;"), ("a & b", "an & that begins no entity"),
            ("<a", "the end inside a tag"), ("<a b>", "an attribute without value"),
            ("<a b=c>", "an attribute without quotes"), ("<a b='c>", "a quote that never closes"),
            ("< a>", "a tag without name"), ("<a =1>", "a tag without name"),
        ]
    )
    func `broken markup is refused by name`(_ text: String, _ found: String) {
        let flaw = #expect(throws: XMLTokenizer.Flaw.self) { try tokens(text) }
        #expect(flaw?.found == found)
    }

    @Test func `bytes that are no UTF-8 are read as windows text`() throws {
        var tokenizer = XMLTokenizer([0x4B, 0xF6, 0x6C, 0x6E])
        #expect(try tokenizer.next() == .text("Köln"))
    }
}
