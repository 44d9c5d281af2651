import SIP2
import Testing

@testable import Operations

/// What the lines say that come in portions of so many bytes, and what is left over.
private func cut(_ bytes: [UInt8], by step: Int) -> (contents: [[UInt8]], rest: [UInt8]) {
    var lines = ProxyLines()
    var contents: [[UInt8]] = []
    for start in stride(from: 0, to: bytes.count, by: step) {
        lines.append(Array(bytes[start..<min(start + step, bytes.count)]))
        while let line = lines.next() {
            if !line.content.isEmpty { contents.append(line.content) }
        }
    }
    return (contents, lines.rest())
}

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

@Test(arguments: ["12…\r10…\r\n", "\n\r\n12…\r", "a\nb\r\n\r\ncde\rhalf", "\r\r\rabc"])
func `what lines say does not depend on where they were cut`(_ text: String) {
    let bytes = Array(text.utf8)
    let wanted = text.split(whereSeparator: \.isNewline).map { Array($0.utf8) }
    for step in 1...bytes.count {
        let (contents, rest) = cut(bytes, by: step)
        let last = rest.drop(while: ProxyLines.isEnd)
        #expect(contents + (last.isEmpty ? [] : [Array(last)]) == wanted, "in portions of \(step)")
    }
}

@Test(arguments: [1, 7, 4096])
func `the longest line is one line in whatever portions it comes, and a longer one is none`(_ step: Int) {
    let line = [UInt8](repeating: 0x41, count: SIP2Frame.longest)
    let short = cut([0x0A] + line + [0x0D] + Array("941\r96".utf8), by: step)
    #expect(short.contents == [line, Array("941".utf8)])
    #expect(short.rest == Array("96".utf8))
    // Given out before its end, it says nothing.
    let long = cut(line + [0x41], by: step)
    #expect(long.contents.isEmpty && long.rest.isEmpty)
}
