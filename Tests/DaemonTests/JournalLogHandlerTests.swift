import Foundation
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

@Test func `a line break of two characters, as the network has it, does not make a second line either`() {
    let handler = JournalLogHandler(label: "pressmark", toJournal: true)
    let line = handler.line(level: .error, message: "one\r\n<2>two", metadata: ["a": "x\r\n<2>y", "b": "x\r\ny"])
    #expect(line == "<3>one <2>two a=\"x <2>y\" b=\"x y\"")
}

@Test(arguments: [("x\"\u{301} y=1", "\"x\\\"\u{301} y=1\""), ("a=\u{338}b", "\"a=\u{338}b\""), ("\\", "\\")])
func `no value of a field looks like another field`(_ value: String, _ wanted: String) {
    let handler = JournalLogHandler(label: "pressmark", toJournal: false)
    let line = handler.line(level: .error, message: "one", metadata: ["a": "\(value)"])
    #expect(Array(line.utf8) == Array("error: one a=\(wanted)".utf8))
}

@Test func `a log on a disk that is full ends nothing`() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    JournalLogHandler.write("offline", to: full)
    #expect(throws: (any Error).self) { try full.write(contentsOf: Data("offline".utf8)) }
}
