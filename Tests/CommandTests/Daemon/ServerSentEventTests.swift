import Testing

@testable import Command

/// A stream as the daemon writes it: retry, a comment to keep the line warm, two events.
private let stream = """
    retry: 2000

    : still here

    id: 41
    event: reader
    data: {"name":"pad-1"}

    id: 42
    event: finding
    data: {"kind":
    data: "missing"}


    """

private let expected = [
    ServerSentEvent(name: "reader", data: #"{"name":"pad-1"}"#, id: "41"),
    ServerSentEvent(name: "finding", data: "{\"kind\":\n\"missing\"}", id: "42"),
]

@Suite struct ServerSentEventTests {
    @Test func `a stream is cut into its events`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed(stream.utf8) == expected)
        #expect(parser.lastID == "42")
    }

    @Test func `bytes may arrive one by one`() {
        var parser = ServerSentEventParser()
        #expect(stream.utf8.flatMap { parser.feed([$0]) } == expected)
    }

    @Test func `bytes may be split anywhere`() {
        let bytes = Array(stream.utf8)
        for cut in bytes.indices {
            var parser = ServerSentEventParser()
            #expect(parser.feed(bytes[..<cut]) + parser.feed(bytes[cut...]) == expected)
        }
    }

    @Test(arguments: ["\r", "\r\n"])
    func `lines may end in carriage returns`(_ end: String) {
        let lines = stream.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end)
        var parser = ServerSentEventParser()
        #expect(parser.feed(lines.utf8) == expected)
    }

    @Test func `an event without a name is a message`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed("data:x\n\n".utf8) == [ServerSentEvent(name: "message", data: "x", id: nil)])
    }

    @Test func `a colon inside the data belongs to the data`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed("data: a: b\n\n".utf8).first?.data == "a: b")
    }

    @Test func `an event that was not ended is not told`() {
        var parser = ServerSentEventParser()
        #expect(parser.feed("event: reader\ndata: x\n".utf8).isEmpty)
    }

    @Test func `an event beyond the limit is dropped and the next one is told`() {
        var parser = ServerSentEventParser()
        let flood = [UInt8]("data: ".utf8) + [UInt8](repeating: 0x61, count: ServerSentEventParser.largestEvent + 1)
        #expect(parser.feed(flood).isEmpty)
        #expect(parser.feed("\n\ndata: small\n\n".utf8).map(\.data) == ["small"])
    }
}
