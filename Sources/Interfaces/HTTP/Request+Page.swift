import API
import Foundation
import HTTPTypes
import Hummingbird

extension Request {
    /// A list, whole or page by page: with `limit` in the query at most so many, and in `Link` where the rest is
    /// (RFC 8288, `rel="next"`).
    ///
    /// - Parameter key: tells one entry from all others and does not change; a page goes on behind the entry that was
    ///   the last, and from the start when that is gone.
    func page<Value: Encodable>(_ values: [Value], by key: (Value) -> String) throws -> Response {
        guard let limit = try number("limit", in: 1...1000) else { return try Response.json(values) }
        var rest = values[...]
        if let cursor = word("cursor") {
            guard let last = Data(base64Encoded: cursor.replacing("-", with: "+").replacing("_", with: "/")) else {
                throw Problem.invalid("cursor", found: "'\(cursor.prefix(80))'", wanted: "one of a Link field")
            }
            let text = String(decoding: last, as: UTF8.self)
            if let place = values.firstIndex(where: { key($0) == text }) { rest = values[(place + 1)...] }
        }
        var response = try Response.json(Array(rest.prefix(limit)))
        if rest.count > limit, let last = rest.prefix(limit).last {
            let cursor = Data(key(last).utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            response.headers[named: "Link"] = next(["limit": String(limit), "cursor": cursor])
        }
        return response
    }

    /// The same list further on: this request with other words in its query.
    func next(_ changed: [String: String]) -> String {
        let kept = uri.queryParameters.filter { changed[String($0.key)] == nil }.map {
            (String($0.key), String($0.value))
        }
        let query = (kept + changed.map { ($0.key, $0.value) }).sorted { $0.0 < $1.0 }.map { name, value in
            "\(Self.encoded(name))=\(Self.encoded(value))"
        }
        return "<\(uri.path)?\(query.joined(separator: "&"))>; rel=\"next\""
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? ""
    }
}
