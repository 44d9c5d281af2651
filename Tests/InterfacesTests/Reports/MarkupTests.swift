import Foundation
import FoundationXML
import Testing

@testable import Interfaces

@Suite struct MarkupTests {
    @Test func `text from outside stays text`() {
        #expect(Markup.escaped("<b>\"A&B\"\t") == "&lt;b&gt;&quot;A&amp;B&quot;\t")
    }

    @Test(arguments: ["\u{0}", "\u{1B}", "\u{FFFE}", "\u{FFFF}"])
    func `what XML cannot say leaves a mark, and the document whole`(_ sign: String) {
        #expect(Markup.escaped("30\(sign)10") == "30\u{FFFD}10")
        let document = MKSolutionsMessage.failure("30\(sign)10")
        #expect(XMLParser(data: Data(document.utf8)).parse())
    }
}
