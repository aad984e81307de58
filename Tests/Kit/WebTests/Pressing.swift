import Core

@testable import Web

/// The house's folder, found from this file.
let houseRoot = String(#filePath.split(separator: "/Tests/Kit/")[0])

/// Draws a component through its real partial, in a page whose own names must not show through.
struct Pressing {
    static let outer = "OF THE PAGE"

    let words: Words
    private let templates: Templates

    init(_ language: Language = .vi) throws {
        let rooms = try AssetRooms(root: houseRoot)
        let source = try rooms.words(.vi)
        words = Words(language: language, texts: try rooms.words(language), source: source)
        // Whole pages stand on words of their features; here only the parts.
        var files = try rooms.templates().filter { $0.key.hasPrefix("web-") && !$0.value.contains("{{<") }
        for name in files.keys { files["test-" + name] = "{{#it}}{{> \(name)}}{{/it}}" }
        templates = try Templates(files: files, words: words)
    }

    /// - Parameter poison: names that the page around has too.
    func callAsFunction(_ partial: String, _ component: any Sendable, poison: Set<String> = []) throws -> String {
        var fields: [String: Any] = Dictionary(uniqueKeysWithValues: poison.map { ($0, Pressing.outer) })
        fields["it"] = component
        return try templates.render(Node(fields: fields), with: "test-" + partial)
    }

    /// A template of one's own with one object.
    static func draw(_ template: String, _ fields: [String: Any], partials: [String: String] = [:]) throws -> String {
        let templates = try Templates(files: partials.merging(["page": template]) { $1 }, words: .none)
        return try templates.render(Node(fields: fields), with: "page")
    }
}

/// Every text a value holds, at any depth, with the name it is kept under.
func texts(in value: Any) -> [(name: String, text: String)] {
    Mirror(reflecting: value).children.flatMap { child -> [(name: String, text: String)] in
        if let text = child.value as? String { return [(child.label ?? "", text)] }
        return texts(in: child.value).map {
            ($0.name.isEmpty || $0.name == "some" ? child.label ?? "" : $0.name, $0.text)
        }
    }
}

/// Every name that stands anywhere in a value.
func names(in value: Any) -> Set<String> {
    Mirror(reflecting: value).children.reduce(into: []) { all, child in
        if let label = child.label, label != "some", !label.hasPrefix(".") { all.insert(label) }
        if !(child.value is String) { all.formUnion(names(in: child.value)) }
    }
}

func day(_ iso: String) throws -> Day {
    struct NoDay: Error {}
    guard let day = Day(iso: iso) else { throw NoDay() }
    return day
}
