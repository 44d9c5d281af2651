import Foundation
import FoundationXML
import Testing

@testable import Interfaces

@Suite struct MarkupTests {
    @Test func `text from outside stays text`() {
        #expect(Markup.escaped("<b>\"A&B\"\t") == "&lt;b&gt;&quot;A&amp;B&quot;\t")
    }

    /// `<` with an accent behind it is one character to Swift, and no `<`.
    @Test(arguments: [("a<\u{338}b", "a&lt;\u{338}b"), ("&\u{301}", "&amp;\u{301}"), ("\"\u{301}", "&quot;\u{301}")])
    func `what has an accent behind it stays text too`(_ text: String, _ wanted: String) {
        #expect(Array(Markup.escaped(text).utf8) == Array(wanted.utf8))
    }

    @Test(arguments: ["\u{0}", "\u{1B}", "\u{FFFE}", "\u{FFFF}"])
    func `what XML cannot say leaves a mark, and the document whole`(_ sign: String) {
        #expect(Markup.escaped("30\(sign)10") == "30\u{FFFD}10")
        let document = MKSolutionsMessage.failure("30\(sign)10")
        #expect(XMLParser(data: Data(document.utf8)).parse())
    }
}
