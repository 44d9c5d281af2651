import Logging
import Testing

@testable import Daemon

@Test func `a line for the journal begins with its priority`() {
    let handler = JournalLogHandler(label: "pressmark", toJournal: true)
    #expect(
        handler.line(level: .warning, message: "reader offline", metadata: ["reader": "pad-1", "cause": "link closed"])
            == "<4>reader offline cause=\"link closed\" reader=pad-1"
    )
}

@Test func `a line break inside a message does not make a second line`() {
    let handler = JournalLogHandler(label: "pressmark", toJournal: false)
    #expect(handler.line(level: .error, message: "one\ntwo", metadata: ["a": "x\ny"]) == "error: one two a=\"x y\"")
}
