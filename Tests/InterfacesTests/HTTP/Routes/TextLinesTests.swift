import Hummingbird
import NIOCore
import Testing

@testable import Interfaces

@Suite struct TextLinesTests {
    /// The lengths of the lines of a text that comes in pieces of this size.
    private func lengths(_ text: String, piece: Int) async throws -> [Int] {
        let bytes = Array(text.utf8)
        let stream = AsyncStream<ByteBuffer> { stream in
            for start in stride(from: 0, to: bytes.count, by: piece) {
                stream.yield(ByteBuffer(bytes: bytes[start..<min(start + piece, bytes.count)]))
            }
            stream.finish()
        }
        var lengths: [Int] = []
        for try await line in TextLines(BoundedBody(RequestBody(asyncSequence: stream), limit: 1 << 20)) {
            lengths.append(line.utf8.count)
        }
        return lengths
    }

    @Test(arguments: [1, 7, 1000, 1024, 1025, 100_000])
    func `a line longer than a kilobyte stays one line and is cut, however it comes`(_ piece: Int) async throws {
        let (long, full) = (String(repeating: "a", count: 3000), String(repeating: "b", count: 1024))
        let text = "3011\n\n\(long)\n\(full)\nend"
        let found = try await lengths(text, piece: piece)
        #expect(found == [4, 0, 1024, 1024, 3])
        #expect(try await lengths(long, piece: piece) == [1024])
    }
}
