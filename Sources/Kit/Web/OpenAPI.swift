import Core
import Database
import Foundation

/// The description of the JSON interface, OpenAPI 3.1, made from the routes the server mounts.
package enum OpenAPI {
    package static let prefix = "/api/v1"

    /// The whole description, of the routes that are answered in JSON.
    package static func describe(_ routes: [Route], words: Words) -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes where route.pagesOnly == nil {
            let (path, names) = template(route.path)
            paths[prefix + path, default: [:]][route.method.rawValue.lowercased()] = operation(route, names, words)
        }
        return .object([
            "openapi": .text("3.1.0"),
            "info": .object([
                "title": .text("Kiểu Mẫu"), "version": .text("1"),
                "license": .object(["name": .text("Apache-2.0"), "identifier": .text("Apache-2.0")]),
            ]),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": .object([
                "schemas": .object(["problem": problem, "receipt": receipt]),
                "securitySchemes": .object([
                    "session": .object([
                        "type": .text("apiKey"), "in": .text("cookie"), "name": .text(Cookies.plainSession),
                    ])
                ]),
            ]),
        ])
    }

    /// `/areas/:id` as `/areas/{id}` with the names in it.
    static func template(_ path: String) -> (String, [String]) {
        var names: [String] = []
        let parts = path.split(separator: "/").map { part -> String in
            guard part.hasPrefix(":") else { return String(part) }
            names.append(String(part.dropFirst()))
            return "{\(part.dropFirst())}"
        }
        return ("/" + parts.joined(separator: "/"), names)
    }

    private static func operation(_ route: Route, _ names: [String], _ words: Words) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .text(operationID(route)), "responses": .object(responses(route)),
        ]
        var parameters = names.map { name -> JSONValue in
            var schema: [String: JSONValue] = ["type": .text("string")]
            if name == "id" || name.hasSuffix("ID") { schema["format"] = .text("uuid") }
            return .object([
                "name": .text(name), "in": .text("path"), "required": .flag(true), "schema": .object(schema),
            ])
        }
        switch route.method {
        case .get:
            parameters += route.fields.map { field in
                .object([
                    "name": .text(field.name), "in": .text("query"), "required": .flag(field.isRequired),
                    "schema": field.schema,
                ])
            }
        case .post:
            parameters.append(
                .object([
                    "name": .text("Idempotency-Key"), "in": .text("header"), "required": .flag(true),
                    "schema": .object(["type": .text("string"), "format": .text("uuid")]),
                ]))
            operation["requestBody"] = body(route)
        }
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        if case .open = route.access {
        } else {
            operation["security"] = .list([.object(["session": .list([])])])
        }
        return .object(operation)
    }

    private static func operationID(_ route: Route) -> String {
        let nouns = route.path.split(separator: "/").map { $0.hasPrefix(":") ? "by-\($0.dropFirst())" : String($0) }
        return ([route.method.rawValue.lowercased()] + nouns).joined(separator: "-")
    }

    private static func body(_ route: Route) -> JSONValue {
        let schema = JSONValue.object([
            "type": .text("object"),
            "properties": .object(
                Dictionary(route.fields.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })),
            "required": .list(route.fields.filter(\.isRequired).map { .text($0.name) }),
        ])
        let hasFile = route.fields.contains { if case .file = $0.kind { true } else { false } }
        return .object([
            "required": .flag(true),
            "content": .object([hasFile ? "multipart/form-data" : "application/json": .object(["schema": schema])]),
        ])
    }

    private static func responses(_ route: Route) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        switch route.method {
        case .get:
            if let sample = route.sample() { responses["200"] = answer("What was asked for.", Schema.of(sample)) }
        case .post:
            responses["200"] = answer(
                "Done, and durable; or done before under the same key.",
                .object(["$ref": .text("#/components/schemas/receipt")]))
        }
        var refusals = [("404", "There is no such thing for this person."), ("422", "Something sent is not right.")]
        refusals.append(("405", "Another method is meant."))
        if case .open = route.access {
        } else {
            refusals += [("401", "Nobody is signed in."), ("403", "Visible, but not this person's to do.")]
        }
        if route.method == .get { refusals.append(("409", "Not in the state that it stands in.")) }
        if route.method == .post {
            refusals += [
                ("400", "The body or the key cannot be read."), ("403", "Refused."), ("409", "Somebody was faster."),
                ("413", "Too large."), ("415", "A kind of body that is not taken."), ("429", "Too often."),
                ("401", "Refused."), ("503", "Away for a moment; send the same key again."),
            ]
        }
        for (status, words) in refusals {
            responses[status] = .object([
                "description": .text(words),
                "content": .object([
                    "application/problem+json": .object([
                        "schema": .object(["$ref": .text("#/components/schemas/problem")])
                    ])
                ]),
            ])
        }
        return responses
    }

    private static func answer(_ words: String, _ schema: JSONValue) -> JSONValue {
        .object([
            "description": .text(words),
            "content": .object(["application/json": .object(["schema": schema])]),
        ])
    }

    private static var problem: JSONValue {
        Schema.of(
            Problem(
                type: "about:blank", title: "", status: 422, detail: "", requestID: nil,
                errors: [Problem.FieldProblem(field: "title", message: "")], current: nil))
    }

    private static var receipt: JSONValue {
        Schema.of(Receipt(id: ID(high: 0, low: 0), location: "", version: 1, flash: ""))
    }
}

/// An error in JSON: problem details (RFC 9457) in the caller's language, with the fields concerned.
struct Problem: Encodable {
    struct FieldProblem: Encodable {
        let field: String?
        let message: String
    }

    let type: String
    let title: String
    let status: Int
    let detail: String
    let requestID: String?
    let errors: [FieldProblem]
    /// With 409: the record as it stands now, as a GET of the same address answers it, to lay beside what was sent.
    let current: Record?

    /// Any answer of the product.
    struct Record: Encodable {
        let value: any Encodable

        func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    }
}
