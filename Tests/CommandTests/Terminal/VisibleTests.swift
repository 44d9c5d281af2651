import Testing

@testable import Command

@Suite struct VisibleTests {
    @Test(arguments: [
        ("\u{1B}[31m", "\u{FFFD}[31m"), ("a\r\nb", "a\u{FFFD}\u{FFFD}b"), ("\u{9B}2J", "\u{FFFD}2J"),
        ("\u{202E}koob", "\u{FFFD}koob"),
    ])
    func `what would drive the terminal is shown as a symbol`(_ text: String, _ shown: String) {
        #expect(text.visible == shown)
    }

    @Test(arguments: ["QA 76.9 .D3", "Bücher – 図書館", "e\u{301}", ""])
    func `ordinary text stays as it is`(_ text: String) {
        #expect(text.visible == text)
    }
}
