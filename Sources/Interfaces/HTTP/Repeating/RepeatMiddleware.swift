import API
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Synchronization

/// Carries out a request with an `Idempotency-Key` once, and gives the same answer to whoever sends it again.
struct RepeatMiddleware: RouterMiddleware {
    let book: AnswerBook
    let time: Timekeeper

    private static let replayed = "Idempotency-Replayed"

    /// Whether an answer is one that was given before: nothing was done for it this time.
    static func isReplayed(_ response: Response) -> Bool { response.headers[named: replayed] != nil }

    func handle(
        _ request: Request,
        context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard ![.get, .head].contains(request.method), context.caller.role != nil,
            let text = request.headers[named: "Idempotency-Key"]
        else {
            return try await next(request, context)
        }
        var request = request
        let body = try await body(of: &request)
        // A key is its caller's: nobody gets another's answer.
        let caller = "\(context.caller.means.rawValue) \(context.caller.name) \(context.peer)"
        let key = "\(caller) \(try Self.key(text))"
        switch await book.begin(key, of: caller, Self.print(request, body), at: time.uptime()) {
        case .running: throw Problem.stillRunning
        case .other: throw Problem.otherRequest
        case .answer(let answer):
            var response = Response(
                status: answer.status,
                headers: answer.headers,
                body: ResponseBody(byteBuffer: answer.body)
            )
            response.headers[named: Self.replayed] = "true"
            return response
        case .nothing: return try await carryOut(request, key, context, next)
        }
    }

    private func carryOut(
        _ request: Request,
        _ key: String,
        _ context: WebContext,
        _ next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response: Response
        do {
            do {
                response = try await next(request, context)
            } catch let error as CancellationError {
                throw error
            } catch {
                let problem = Problem(error, path: request.uri.path)
                // What the daemon could not do this time it may the next.
                guard problem.status < 500 else { throw error }
                response = Response(problem)
            }
            let collector = BodyCollector()
            try await response.body.write(collector)
            let answer = AnswerBook.Answer(
                status: response.status,
                headers: response.headers,
                body: collector.bytes
            )
            if response.status.code < 500 {
                await book.keep(answer, under: key, at: time.uptime())
            } else {
                await book.forget(key)
            }
            return Response(
                status: answer.status,
                headers: answer.headers,
                body: ResponseBody(byteBuffer: answer.body)
            )
        } catch {
            await book.forget(key)
            throw error
        }
    }

    /// A body that is a file is recognised by its content where it is taken in; it is not kept here to be compared.
    private func body(of request: inout Request) async throws -> ByteBuffer {
        let isJSON = request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true
        guard isJSON || request.headers[.contentType] == nil else {
            throw Problem.invalid("Idempotency-Key", found: "one with a file", wanted: "one with JSON or without body")
        }
        do {
            // The route has its own limit; the callers here are known.
            return try await request.collectBody(upTo: RequestLimits.list)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: RequestLimits.list)
        }
    }

    private static func key(_ text: String) throws -> String {
        let key = text.trimmingCharacters(in: ["\"", " "])
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem.invalid("Idempotency-Key", found: "'\(text.prefix(80))'", wanted: "1 to 255 visible letters")
        }
        return key
    }

    private static func print(_ request: Request, _ body: ByteBuffer) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Data("\(request.method) \(request.uri)\n".utf8))
        hash.update(data: Data(body.readableBytesView))
        return Array(hash.finalize())
    }
}

extension Problem {
    fileprivate static let stillRunning = Problem(
        type: "still-running",
        title: "Still running",
        status: 409,
        detail: "Idempotency-Key: the request with this key is still being carried out",
        hint: "ask again in a moment; the answer will be the same for both"
    )

    fileprivate static let otherRequest = Problem(
        type: "key-used",
        title: "Key used",
        status: 422,
        detail: "Idempotency-Key: found the key of another request, wanted one of its own",
        hint: "make a new random key for each thing that is to be done"
    )
}

/// Takes an answer's body in instead of sending it.
private final class BodyCollector: ResponseBodyWriter, Sendable {
    private let collected = Mutex(ByteBuffer())

    var bytes: ByteBuffer { collected.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
