import Testing
import Wire

@Test func `a line ends as Unix and as Windows end it, and by nothing else`() {
    let text = "one\ntwo\r\n\r\nfour\rfour\u{B}four\u{C}four\u{85}four\u{2028}four\u{2029}four\n"
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
    #expect(lines.count == 5 && lines.prefix(3) == ["one", "two", ""])
    #expect(lines[3].hasPrefix("four\r") && lines[3].hasSuffix("\u{2029}four") && lines[4].isEmpty)
}
