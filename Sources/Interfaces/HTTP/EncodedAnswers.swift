import API
import Crypto
import Foundation
import NIOCore
import Synchronization

/// Keeps the bytes of answers that were encoded last: those who look on all day ask for what seldom changed since.
///
/// An answer is found by its whole value, so that none can be older than what was asked for. Only for what says
/// nothing of a borrower: an answer stays in memory until others take its place.
final class EncodedAnswers: Sendable {
    struct Answer: Sendable {
        var bytes: ByteBuffer
        /// By which a caller that has the answer already is told so (RFC 9110, 8.8.3).
        var tag: String
    }

    private struct Entry: Sendable {
        var value: any Sendable
        var answer: Answer
    }

    /// How many of one type are kept, and how long the bytes of one may be.
    static let most = 4
    static let longest = 64 << 10

    private let entries = Mutex<[ObjectIdentifier: [Entry]]>([:])

    /// The answer for this value; one that is new takes the place of the oldest of its type.
    func answer<Value: Encodable & Equatable & Sendable>(for value: Value) throws -> Answer {
        let type = ObjectIdentifier(Value.self)
        let kept = entries.withLock { $0[type] ?? [] }
        if let entry = kept.first(where: { $0.value as? Value == value }) { return entry.answer }
        let answer = try Self.encode(value)
        guard answer.bytes.readableBytes <= Self.longest else { return answer }
        entries.withLock { entries in
            let others = entries[type, default: []].prefix(Self.most - 1)
            entries[type] = [Entry(value: value, answer: answer)] + others
        }
        return answer
    }

    static func encode(_ value: some Encodable) throws -> Answer {
        let bytes = try JSON.encode(value)
        let tag = Data(SHA256.hash(data: bytes).prefix(12)).base64EncodedString()
        return Answer(bytes: ByteBuffer(bytes: bytes), tag: "W/\"\(tag)\"")
    }
}
