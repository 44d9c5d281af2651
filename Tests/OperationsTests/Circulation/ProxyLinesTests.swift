import Testing

@testable import Operations

@Test(arguments: ["12…\r", "12…\r\n", "\n12…\r10…\r", "a\nb\r\n\r\nc\r", "half", "\r\n"])
func `lines put together again are what came, however it was cut`(_ text: String) {
    let bytes = Array(text.utf8)
    for step in 1...max(1, bytes.count) {
        var lines = ProxyLines()
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            lines.append(Array(bytes[start..<min(start + step, bytes.count)]))
            while let line = lines.next() { out += line.bytes }
        }
        out += lines.rest()
        #expect(out == bytes)
    }
}

@Test func `a line is given out at its end, a line end at once, and bytes without an end before they fill memory`() {
    var lines = ProxyLines()
    lines.append(Array("941\r".utf8))
    #expect(lines.next() == ProxyLines.Line(before: [], content: Array("941".utf8), end: [0x0D]))
    lines.append([0x0A])
    #expect(lines.next()?.bytes == [0x0A])
    lines.append([UInt8](repeating: 0x41, count: 70_000))
    #expect(lines.next()?.bytes.count == 70_000)
    #expect(lines.next() == nil)
}
