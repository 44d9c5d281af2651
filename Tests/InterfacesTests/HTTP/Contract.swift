import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Interfaces

/// Holds every answer that a test gets against the document that describes it.
enum Contract {
    private static let document = try? OpenAPIDocument()

    /// What an answer has that the document does not say, or lacks what it says.
    static func faults(_ method: HTTPRequest.Method, _ target: String, _ response: TestResponse) -> [String] {
        guard let document else { return ["there is no document"] }
        let path = String(target.prefix { $0 != "?" })
        // What watches the service is no part of the interface, and not ready is an answer there.
        guard !path.hasPrefix("/health/") else { return [] }
        guard let rule = rule(method, path), method != .head, response.status != .notModified else { return [] }
        let type = response.headers[.contentType].map { String($0.prefix { $0 != ";" }) }
        guard response.status.code < 400 else {
            guard type == "application/problem+json" else { return ["\(response.status): found \(type ?? "nothing")"] }
            return faults(response, .reference("Problem"), document)
        }
        guard response.status.code == rule.form.status else {
            return ["status: found \(response.status.code), wanted \(rule.form.status)"]
        }
        if type == "application/json", let schema = document.answer(rule) { return faults(response, schema, document) }
        let media = rule.form.media.map { String($0.prefix { $0 != ";" }) }
        if let type, !media.contains(type) { return ["content type: found \(type), wanted one of \(media)"] }
        return type == nil && rule.form.status != 204 ? ["found no content, wanted some"] : []
    }

    private static func rule(_ method: HTTPRequest.Method, _ path: String) -> RouteRule? {
        let words = path.split(separator: "/")
        let fitting = RouteTable.rules.filter { rule in
            let template = rule.path.split(separator: "/")
            return rule.method == method && template.count == words.count
                && zip(template, words).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // `/v1/readers/probe` is no reader's name.
        return fitting.min { $0.path.count { $0 == "{" } < $1.path.count { $0 == "{" } }
    }

    private static func faults(_ response: TestResponse, _ schema: JSONSchema, _ document: OpenAPIDocument) -> [String]
    {
        let data = Data(response.body.readableBytesView)
        guard let json = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            return ["found no JSON"]
        }
        return faults(json, schema, document, at: "answer")
    }

    static func faults(_ json: Any, _ schema: JSONSchema, _ document: OpenAPIDocument, at place: String) -> [String] {
        switch schema {
        case .anything: return []
        case .text: return json is String ? [] : ["\(place): wanted a string"]
        case .word(let words):
            guard let word = json as? String, words.contains(word) else { return ["\(place): wanted one of \(words)"] }
            return []
        case .moment:
            guard let text = json as? String, (try? Date(text, strategy: .iso8601)) != nil else {
                return ["\(place): wanted a moment"]
            }
            return []
        case .integer, .number: return json is NSNumber ? [] : ["\(place): wanted a number"]
        case .truth: return json is Bool ? [] : ["\(place): wanted true or false"]
        case .list(let element):
            guard let list = json as? [Any] else { return ["\(place): wanted a list"] }
            return list.enumerated().flatMap { faults($1, element, document, at: "\(place)[\($0)]") }
        case .map(let value):
            guard let map = json as? [String: Any] else { return ["\(place): wanted an object"] }
            return map.flatMap { faults($1, value, document, at: "\(place).\($0)") }
        case .reference(let name):
            guard let named = document.components[name] else { return ["\(place): \(name) is not described"] }
            return faults(json, named, document, at: place)
        case .object(let properties):
            guard let object = json as? [String: Any] else { return ["\(place): wanted an object"] }
            let known = Dictionary(properties.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            let missing = properties.filter { $0.isRequired && object[$0.name] == nil }
            return missing.map { "\(place): \($0.name) is missing" }
                + object.flatMap { name, value in
                    known[name].map { faults(value, $0.schema, document, at: "\(place).\(name)") }
                        ?? ["\(place): \(name) is not described"]
                }
        }
    }
}
