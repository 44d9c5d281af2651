import API
import Foundation
import HTTPTypes
import Library

/// The interface as an OpenAPI 3.1 document, made of the table of routes and of the types that they really use.
struct OpenAPIDocument: Sendable {
    /// Named objects and word lists, by name.
    let components: [String: JSONSchema]
    let value: OpenAPIValue
    private let schemas: [String: JSONSchema]

    init(_ rules: [RouteRule] = RouteTable.rules) throws {
        let reader = SchemaReader()
        let described = rules.filter { $0.path.hasPrefix("/v1/") }
        var paths: [String: OpenAPIValue] = [:]
        var schemas: [String: JSONSchema] = [:]
        for (path, rules) in Dictionary(grouping: described, by: \.path) {
            var operations: [String: OpenAPIValue] = [:]
            for rule in rules {
                operations[rule.method.rawValue.lowercased()] = try Self.operation(rule, reader)
                if let answer = rule.form.answer {
                    schemas["\(rule.method) \(path)"] = try Self.schema(answer, reader)
                }
            }
            paths[path] = .object(operations)
        }
        _ = try reader.schema(of: Problem.self)
        components = reader.components
        self.schemas = schemas
        value = [
            "openapi": "3.1.0",
            "info": [
                "title": "Pressmark", "version": .text(Version.current),
                "description":
                    "Readers, tags, sweeps, gates and holdings of a library. Errors are application/problem+json (RFC 9457) with a hint.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(reader.components.mapValues { .schema($0) }),
                "responses": [
                    "Problem": [
                        "description": "What went wrong, and what to do about it",
                        "content": ["application/problem+json": ["schema": .schema(.reference("Problem"))]],
                    ]
                ],
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer", "description": "A token made with pressmark token create",
                    ],
                    "session": [
                        "type": "apiKey", "in": "cookie", "name": "pressmark",
                        "description": "A browser that has signed in; orders also carry Pressmark-Page: 1",
                    ],
                ],
            ],
        ]
    }

    /// What a route gives when all goes well; `nil` where it gives no JSON.
    func answer(_ rule: RouteRule) -> JSONSchema? { schemas["\(rule.method) \(rule.path)"] }

    private static func operation(_ rule: RouteRule, _ reader: SchemaReader) throws -> OpenAPIValue {
        let form = rule.form
        var content: [String: OpenAPIValue] = [:]
        if let answer = form.answer { content["application/json"] = ["schema": .schema(try schema(answer, reader))] }
        // A media type may name its character set; a document names the type alone.
        for media in form.media { content[String(media.prefix { $0 != ";" })] = [:] }
        var success: [String: OpenAPIValue] = ["description": .text(form.summary)]
        if !content.isEmpty { success["content"] = .object(content) }
        if form.query.contains(where: { ["cursor", "before", "after"].contains($0.name) }) {
            success["headers"] = [
                "Link": ["description": "Where the rest is, rel=next (RFC 8288)", "schema": .schema(.text)]
            ]
        }
        var operation: [String: OpenAPIValue] = [
            "operationId": .text(identifier(rule)), "summary": .text(form.summary),
            "tags": [.text(rule.path.split(separator: "/").dropFirst().first.map(String.init) ?? "")],
            "responses": [
                String(form.status): .object(success), "default": ["$ref": "#/components/responses/Problem"],
            ],
        ]
        if isConditional(rule), case .object(var responses)? = operation["responses"] {
            responses["304"] = ["description": "The caller has it already: If-None-Match names its ETag"]
            operation["responses"] = .object(responses)
        }
        let parameters = pathParameters(rule) + form.query.map(parameter) + headers(rule)
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        switch form.body {
        case .none: break
        case .json(let type):
            operation["requestBody"] = [
                "required": .truth(true),
                "content": ["application/json": ["schema": .schema(try schema(type, reader))]],
            ]
        case .file:
            operation["requestBody"] = ["required": .truth(true), "content": ["application/octet-stream": [:]]]
        }
        if rule.path == "/v1/events" {
            // What stands behind `data:` after each `event:`; OpenAPI itself has no words for it.
            let events = try Event.kinds.map { ($0.name, OpenAPIValue.schema(try schema($0.data, reader))) }
            operation["x-events"] = .object(Dictionary(events) { first, _ in first })
        }
        if let roles = rule.roles {
            operation["security"] = [["token": []], ["session": []], [:]]
            operation["x-roles"] = .list(AccessRole.allCases.filter(roles.contains).map { .text($0.rawValue) })
        }
        return .object(operation)
    }

    private static func schema(_ type: any Decodable.Type, _ reader: SchemaReader) throws -> JSONSchema {
        // One of several objects, each under its own name: `{"plug": {"reader": "pad-1"}}`.
        type is SimulationRequest.Type ? .map(.anything) : try reader.schema(of: type)
    }

    /// `postReadersNameSecurity`.
    private static func identifier(_ rule: RouteRule) -> String {
        let words = rule.path.split { !($0.isLetter || $0.isNumber) }.dropFirst()
        return rule.method.rawValue.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func pathParameters(_ rule: RouteRule) -> [OpenAPIValue] {
        rule.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { word in
            let name = String(word.dropFirst().dropLast())
            let schema: JSONSchema = ["id", "number"].contains(name) ? .integer(least: 1) : .text
            return ["name": .text(name), "in": "path", "required": .truth(true), "schema": .schema(schema)]
        }
    }

    private static func parameter(_ query: RouteForm.Query) -> OpenAPIValue {
        [
            "name": .text(query.name), "in": "query", "required": .truth(query.isRequired),
            "schema": .schema(query.schema),
        ]
    }

    /// Whether its answer carries an ETag by which it need not be sent again.
    private static func isConditional(_ rule: RouteRule) -> Bool { rule.method == .get && rule.form.answer != nil }

    private static func headers(_ rule: RouteRule) -> [OpenAPIValue] {
        func header(_ name: String, _ description: String) -> OpenAPIValue {
            ["name": .text(name), "in": "header", "description": .text(description), "schema": .schema(.text)]
        }
        if rule.path == "/v1/events" { return [header("Last-Event-ID", "Goes on after this event")] }
        if isConditional(rule) {
            return [
                header("If-None-Match", "The ETag of an answer that the caller has: 304 when it is still the answer")
            ]
        }
        guard rule.method != .get, rule.roles != nil else { return [] }
        if case .file = rule.form.body { return [] }
        let key = header("Idempotency-Key", "Sent again with the same key, it is carried out once")
        guard rule.method == .patch else { return [key] }
        return [
            key, header("If-Match", "The ETag of what is changed, as it was read; 428 without, 412 when it is old"),
        ]
    }
}
