import API
import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore

extension Response {
    /// A value of the API, with a tag by which a caller that has it already is told so.
    package static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        json(encoded: try EncodedAnswers.encode(value), status)
    }

    /// The same for what is asked for again and again and seldom changes; see ``EncodedAnswers`` for what may be kept.
    static func json<Value: Encodable & Equatable & Sendable>(
        keeping value: Value,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        json(encoded: try lastAnswers.answer(for: value), status)
    }

    private static let lastAnswers = EncodedAnswers()

    /// The same for what was encoded before.
    static func json(encoded answer: EncodedAnswers.Answer, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .eTag: answer.tag],
            body: ResponseBody(byteBuffer: answer.bytes)
        )
    }

    /// Text in one of the other formats a resource comes in.
    package static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "\(type); charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    init(_ problem: Problem) {
        // A problem is text and numbers: it cannot fail to encode, and an empty body would still carry the status.
        let body = (try? JSON.encode(problem)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        self.init(
            status: HTTPResponse.Status(code: problem.status),
            headers: [.contentType: "application/problem+json; charset=utf-8"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
