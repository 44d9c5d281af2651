import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Interfaces

private struct Sample: Codable {
    enum Kind: String, Codable, CaseIterable {
        case small, large = "very-large"
    }

    struct Part: Codable {
        var number: UInt8
        var at: Date
    }

    var name: String
    var kind: Kind
    var other: Kind?
    var parts: [Part]
    var shares: [String: Double]
    var size: Int?
    var isGood: Bool
}

@Suite struct SchemaReaderTests {
    @Test func `a type's schema is what it reads`() throws {
        let reader = SchemaReader()
        let schema = try reader.schema(of: [Sample].self)
        guard case .list(.reference(let name)) = schema, case .object(let found)? = reader.components[name] else {
            Issue.record("found \(schema), wanted a list of objects")
            return
        }
        let properties = Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(found.count == 7 && properties.count == 7)
        #expect(properties["name"]?.schema == .text && properties["name"]?.isRequired == true)
        #expect(properties["size"]?.schema == .integer() && properties["size"]?.isRequired == false)
        #expect(properties["other"]?.isRequired == false)
        #expect(properties["shares"]?.schema == .map(.number))
        #expect(properties["isGood"]?.schema == .truth)
        guard case .reference(let kind)? = properties["kind"]?.schema,
            case .list(.reference(let part))? = properties["parts"]?.schema
        else {
            Issue.record("found \(found), wanted named parts")
            return
        }
        #expect(reader.components[kind] == .word(["small", "very-large"]))
        #expect(
            reader.components[part]
                == .object([
                    .init(name: "number", schema: .integer(least: 0, most: 255), isRequired: true),
                    .init(name: "at", schema: .moment, isRequired: true),
                ])
        )
    }

    @Test func `a word list that cannot list its words is refused`() {
        struct Odd: Decodable {
            enum Word: String, Decodable { case one }
            var word: Word
        }
        #expect(throws: SchemaReader.Unreadable.self) { try SchemaReader().schema(of: Odd.self) }
    }
}

@Suite struct OpenAPIDocumentTests {
    @Test func `every event of the stream is described, and stands in the reference`() throws {
        let value = try OpenAPIDocument().value
        guard case .object(let top) = value, case .object(let paths)? = top["paths"],
            case .object(let path)? = paths["/v1/events"], case .object(let operation)? = path["get"],
            case .object(let events)? = operation["x-events"]
        else {
            Issue.record("the route of the events says nothing of them")
            return
        }
        #expect(Set(events.keys) == Set(Event.kinds.map(\.name)))
        var root = URL(filePath: #filePath)
        while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        let reference = try String(contentsOf: root.appending(path: "docs/api.md"), encoding: .utf8)
        for name in events.keys { #expect(reference.contains("`\(name)`"), "docs/api.md does not name \(name)") }
    }

    private func document() async throws -> [String: Any] {
        let response = try await TestService().send(.get, "/v1/openapi.json")
        try #require(response.status == .ok)
        let json = try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        return try #require(json as? [String: Any])
    }

    @Test func `it describes every route of the interface, each with a name of its own`() async throws {
        let document = try await document()
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let described = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
        let routes = try TestService().server.router(startedAt: TestService.start).routes
        let registered = Set(routes.map { "\($0.method) \($0.path)" }.filter { $0.contains("/v1/") })
        #expect(described == registered)
        let names = paths.values.flatMap { $0.values.compactMap { $0["operationId"] as? String } }
        #expect(Set(names).count == registered.count)
        for (path, methods) in paths {
            for (method, operation) in methods {
                #expect((operation["summary"] as? String)?.isEmpty == false, "\(method) \(path)")
            }
        }
    }

    @Test func `whatever it refers to is there`() async throws {
        let document = try await document()
        let schemas = try #require((document["components"] as? [String: Any])?["schemas"] as? [String: Any])
        let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
        let named = text.matches(of: /#\\?\/components\\?\/schemas\\?\/(\w+)/).map { String($0.1) }
        #expect(named.count > 50)
        #expect(Set(named).subtracting(schemas.keys) == [])
    }

    @Test func `a body that lacks what the document requires is refused by that name`() async throws {
        let document = try OpenAPIDocument()
        let reader = SchemaReader()
        for rule in RouteTable.rules {
            guard case .json(let type) = rule.form.body, type != SimulationRequest.self,
                case .reference(let name) = try reader.schema(of: type),
                case .object(let properties)? = document.components[name],
                properties.contains(where: \.isRequired)
            else { continue }
            let path = rule.path.replacing("{name}", with: "pad-1").replacing("{id}", with: "1")
                .replacing("{number}", with: "1").replacing("{barcode}", with: "3011")
            let headers: HTTPFields = [.contentType: "application/json"]
            let response = try await TestService().send(
                rule.method,
                path,
                headers: headers,
                bytes: ByteBuffer(string: "{}")
            )
            #expect(response.status == .badRequest, "\(rule.path)")
            let field = try response.value(Problem.self).detail.prefix { $0 != ":" }
            #expect(properties.contains { $0.isRequired && $0.name == field }, "\(rule.path): \(field)")
        }
    }

    @Test func `an answer that is not as described is found`() throws {
        let document = try OpenAPIDocument()
        func faults(_ json: String, _ name: String) throws -> [String] {
            let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
            return Contract.faults(value, .reference(name), document, at: "answer")
        }
        #expect(try faults(#"{"done":true}"#, "MoveMark") == [])
        #expect(try faults(#"{"done":"yes"}"#, "MoveMark") == ["answer.done: wanted true or false"])
        #expect(try faults("{}", "MoveMark") == ["answer: done is missing"])
        #expect(try faults(#"{"done":true,"by":"me"}"#, "MoveMark") == ["answer: by is not described"])
    }
}
