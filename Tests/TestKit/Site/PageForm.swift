import Foundation

/// A form as it stands on a page: what is in it already, and what may be put in.
package struct PageForm: Sendable {
    package let action: String
    package internal(set) var values: [String: String]
    var fields: [String: Field]
    var files: [String: [(name: String, bytes: [UInt8])]] = [:]
    let isMultipart: Bool
    /// What the buttons say.
    package let buttons: [String]

    struct Field: Sendable {
        enum Kind: Sendable { case text, hidden, choice, check, file, locked }

        let kind: Kind
        /// What a choice offers; the value of a box when it is ticked.
        var options: [String]
    }

    /// The names of what a person can fill in, in no order.
    package var names: Set<String> { Set(fields.filter { $1.kind != .hidden }.keys) }

    /// What a field offers to choose from.
    package func options(_ name: String) -> [String] { fields[name]?.options ?? [] }

    /// Fills fields in as a person does: only those that are there, only what is offered. A box is ticked with any
    /// text and unticked with none.
    package func filled(_ typed: [String: String]) throws -> PageForm {
        var form = self
        for (name, value) in typed {
            guard let field = fields[name] else { throw unusable(name, "is not on the form") }
            switch field.kind {
            case .hidden, .locked: throw unusable(name, "is not for people to fill in")
            case .file: throw unusable(name, "takes a file: use attaching")
            case .choice:
                guard field.options.contains(value) else {
                    throw unusable(name, "does not offer \(value), only \(field.options.joined(separator: ", "))")
                }
                form.values[name] = value
            case .check: form.values[name] = value.isEmpty ? nil : field.options.first
            case .text: form.values[name] = value
            }
        }
        return form
    }

    /// Puts a file into a field, beside those that are in it already.
    package func attaching(_ name: String, file: String, _ bytes: [UInt8]) throws -> PageForm {
        guard fields[name]?.kind == .file else { throw unusable(name, "takes no file") }
        var form = self
        form.files[name, default: []].append((file, bytes))
        return form
    }

    /// Changes what a page does not let people change: for tests of what a forger can do.
    package func forged(_ values: [String: String?]) -> PageForm {
        var form = self
        for (name, value) in values { form.values[name] = value }
        return form
    }

    private func unusable(_ field: String, _ why: String) -> FormUnusable {
        FormUnusable(description: "form \(action): \(field) \(why); it has \(names.sorted().joined(separator: ", "))")
    }

    /// As a browser sends it.
    package func body() -> (type: String, bytes: [UInt8]) {
        guard isMultipart else {
            let pairs = values.sorted { $0.key < $1.key }.map { "\(PageForm.escaped($0))=\(PageForm.escaped($1))" }
            return ("application/x-www-form-urlencoded", Array(pairs.joined(separator: "&").utf8))
        }
        let boundary = "----kieumau-test-boundary"
        var bytes: [UInt8] = []
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        for (name, field) in fields where field.kind == .file {
            // An empty field is sent too, without a name.
            for file in files[name] ?? [("", [])] {
                bytes +=
                    """
                    --\(boundary)\r\nContent-Disposition: form-data; name="\(name)"; filename="\(file.name)"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n
                    """.utf8
                bytes += file.bytes
                bytes += "\r\n".utf8
            }
        }
        bytes += "--\(boundary)--\r\n".utf8
        return ("multipart/form-data; boundary=\(boundary)", bytes)
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}")))
            ?? ""
    }
}

/// A form was filled in as no person could.
package struct FormUnusable: Error, CustomStringConvertible {
    package let description: String
}

extension HTMLTokens {
    /// All forms of the page, in their order.
    func forms(on path: String) -> [PageForm] {
        var forms: [PageForm] = []
        var reading: FormReading?
        for token in tokens {
            if case .open("form", let attributes) = token { reading = FormReading(attributes, path) }
            if case .close("form") = token {
                if let form = reading?.form { forms.append(form) }
                reading = nil
            }
            reading?.take(token)
        }
        return forms
    }
}

/// Gathers one form's fields from the tags between its beginning and its end.
private struct FormReading {
    private let action: String
    private let isMultipart: Bool
    private var values: [String: String] = [:]
    private var fields: [String: PageForm.Field] = [:]
    private var buttons: [String] = []
    private var select: String?
    private var area: String?
    private var isButton = false

    init(_ attributes: [String: String], _ path: String) {
        action = attributes["action"].flatMap { $0.isEmpty ? nil : $0 } ?? path
        isMultipart = attributes["enctype"] == "multipart/form-data"
    }

    var form: PageForm {
        PageForm(action: action, values: values, fields: fields, isMultipart: isMultipart, buttons: buttons)
    }

    mutating func take(_ token: HTMLTokens.Token) {
        switch token {
        case .open("input", let attributes): takeInput(attributes)
        case .open("select", let attributes): select = attributes["name"]
        case .close("select"): select = nil
        case .open("option", let attributes):
            guard let select else { return }
            let value = attributes["value"] ?? ""
            fields[select, default: .init(kind: .choice, options: [])].options.append(value)
            if attributes["selected"] != nil || values[select] == nil { values[select] = value }
        case .open("textarea", let attributes):
            area = attributes["name"]
            if let area {
                fields[area] = .init(kind: attributes["readonly"] == nil ? .text : .locked, options: [])
                values[area] = ""
            }
        case .close("textarea"): area = nil
        case .open("button", let attributes):
            isButton = true
            if let name = attributes["name"] {
                fields[name, default: .init(kind: .choice, options: [])].options.append(attributes["value"] ?? "")
            }
        case .close("button"): isButton = false
        case .text(let text):
            // The line break behind the tag is not part of what stands in it.
            if let area { values[area, default: ""] += text.first == "\n" ? String(text.dropFirst()) : text }
            if isButton, !text.allSatisfy(\.isWhitespace) { buttons.append(Shown.tidied(text)) }
        default: break
        }
    }

    private mutating func takeInput(_ attributes: [String: String]) {
        guard let name = attributes["name"] else { return }
        let value = attributes["value"] ?? ""
        let isOn = attributes["checked"] != nil
        switch attributes["type"] ?? "text" {
        case "hidden":
            fields[name] = .init(kind: .hidden, options: [])
            values[name] = value
        case "radio":
            fields[name, default: .init(kind: .choice, options: [])].options.append(value)
            if isOn { values[name] = value }
        case "checkbox":
            fields[name] = .init(kind: .check, options: [value.isEmpty ? "on" : value])
            if isOn { values[name] = value.isEmpty ? "on" : value }
        case "file": fields[name] = .init(kind: .file, options: [])
        case "submit", "button", "reset", "image": break
        default:
            fields[name] = .init(kind: attributes["readonly"] == nil ? .text : .locked, options: [])
            values[name] = value
        }
    }
}
