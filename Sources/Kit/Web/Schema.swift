import Core
import Foundation

/// A piece of JSON schema, as a tree that prints in a fixed order.
package indirect enum JSONValue: Encodable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([JSONValue])
    case object([String: JSONValue])

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}

/// Carried to a page and no part of the JSON answer: the answer's `CodingKeys` leave it out, and so does its schema.
package protocol PageOnly {}

/// JSON schema of an output, read off its sample: the names and types of stored properties are those that
/// `Encodable` writes.
enum Schema {
    static func of(_ value: Any) -> JSONValue {
        switch value {
        case is String: return .object(["type": .text("string")])
        case is Bool: return .object(["type": .text("boolean")])
        case is Int, is Int64: return .object(["type": .text("integer")])
        case is Double: return .object(["type": .text("number")])
        case is ID: return .object(["type": .text("string"), "format": .text("uuid")])
        case is Day: return .object(["type": .text("string"), "format": .text("date")])
        case is Instant: return .object(["type": .text("string"), "format": .text("date-time")])
        case is Quantity: return .object(["type": .text("number")])
        case is Money: return .object(["type": .text("integer")])
        case let choice as any RawRepresentable: return of(choice.rawValue)
        case let table as [String: Any]:
            let inner = table.values.first.map(of) ?? .object([:])
            return .object(["type": .text("object"), "additionalProperties": inner])
        case let list as [Any]:
            return .object(["type": .text("array"), "items": list.first.map(of) ?? .object([:])])
        default: return object(value)
        }
    }

    private static func object(_ value: Any) -> JSONValue {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.map { of($0.value) } ?? .object([:]) }
        var properties: [String: JSONValue] = [:]
        var required: [JSONValue] = []
        let written = names(value)
        for child in mirror.children {
            guard let label = child.label, !(child.value is any PageOnly) else { continue }
            let isOptional = Mirror(reflecting: child.value).displayStyle == .optional
            if !isOptional, let written, !written.contains(label) { continue }
            properties[label] = of(child.value)
            if !isOptional { required.append(.text(label)) }
        }
        return .object([
            "type": .text("object"), "properties": .object(properties), "required": .list(required),
        ])
    }
}

extension Schema {
    /// What a value really writes: its `CodingKeys` may leave something out. Nil where it writes no object.
    private static func names(_ value: Any) -> Set<String>? {
        guard let value = value as? any Encodable, let bytes = try? JSONEncoder().encode(value),
            let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any]
        else { return nil }
        return Set(object.keys)
    }
}

extension Field {
    /// JSON schema of a field as a client may send it.
    var schema: JSONValue {
        switch kind {
        case .text(let most), .longText(let most):
            .object(["type": .text("string"), "maxLength": .number(most)])
        case .secret: .object(["type": .text("string"), "format": .text("password"), "maxLength": .number(256)])
        case .whole(let range):
            .object([
                "type": .text("integer"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ])
        case .quantity: .object(["type": .text("string"), "maxLength": .number(30)])
        case .day: .object(["type": .text("string"), "format": .text("date")])
        case .choice(let values) where values.isEmpty:
            // What may be chosen is data; the page offers it.
            .object(["type": .text("string"), "maxLength": .number(200)])
        case .choice(let values): .object(["type": .text("string"), "enum": .list(values.map(JSONValue.text))])
        case .record: .object(["type": .text("string"), "format": .text("uuid")])
        case .flag: .object(["type": .text("boolean")])
        case .file: .object(["type": .text("string"), "format": .text("binary")])
        case .group(let most):
            .object([
                "type": .text("object"),
                "additionalProperties": .object(["type": .text("string"), "maxLength": .number(most)]),
            ])
        }
    }
}
