import API
import Hummingbird
import NIOCore

/// A request's body in pieces as they arrive, up to a limit. A connection that ends before its body is a broken export.
struct BoundedBody: AsyncSequence, Sendable {
    private let body: RequestBody
    private let limit: Int

    init(_ body: RequestBody, limit: Int) {
        self.body = body
        self.limit = limit
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(pieces: body.makeAsyncIterator(), left: limit, limit: limit)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var pieces: RequestBody.AsyncIterator
        fileprivate var left: Int
        fileprivate let limit: Int

        @concurrent mutating func next() async throws -> ByteBufferView? {
            guard let piece = try await pieces.next() else { return nil }
            left -= piece.readableBytes
            guard left >= 0 else { throw Problem.tooLarge(limit: limit) }
            return piece.readableBytesView
        }
    }
}
