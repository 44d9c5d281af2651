import Testing

@testable import Command

@Suite struct TableTests {
    @Test func `columns are as wide as their widest cell and lines end without spaces`() {
        let table = Table(headings: ["READER", "STATE"], rows: [["pad-1", "online"], ["wand-12", ""]])
        #expect(table.lines() == ["READER   STATE", "pad-1    online", "wand-12"])
    }

    @Test func `a long cell is cut, in the last column it is not`() {
        let table = Table(headings: ["TITLE", "REASON"], rows: [["abcdefgh", "abcdefgh"]])
        #expect(table.lines(limit: 4).last == "abc…  abcdefgh")
    }

    @Test func `a title cannot drive the terminal`() {
        let table = Table(headings: ["TITLE"], rows: [["\u{1B}[2Jgone"]])
        #expect(table.lines().last == "\u{FFFD}[2Jgone")
    }
}
