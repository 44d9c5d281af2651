import API
import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore

extension Request {
    /// The JSON body, at most `limit` bytes.
    ///
    /// The content type is asked for because a page of another site cannot send it without the browser asking first.
    package func json<Value: Decodable>(
        _ type: Value.Type = Value.self,
        upTo limit: Int = RequestLimits.json
    ) async throws -> Value {
        let kind = headers[.contentType]?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces) }
        guard kind?.lowercased() == "application/json" else { throw Problem.notJSON }
        let bytes: ByteBuffer
        do {
            bytes = try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
        return try JSON.decode(type, from: Data(bytes.readableBytesView))
    }

    /// A number in the query; `nil` when it is not there.
    package func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = uri.queryParameters[Substring(name)] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.invalid(name, found: "'\(text)'", wanted: "\(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A word in the query; `nil` when it is not there or empty.
    package func word(_ name: String) -> String? {
        uri.queryParameters[Substring(name)].flatMap { $0.isEmpty ? nil : String($0) }
    }
}

extension RequestContext {
    /// A word of the path, its percent signs undone: reader names are the site's own.
    package func word(_ name: String) throws -> String {
        let text = try parameters.require(name)
        return text.removingPercentEncoding ?? text
    }
}
