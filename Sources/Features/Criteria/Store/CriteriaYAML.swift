import Core
import Yams

extension Criteria {
    /// Criteria sets as YAML text. Every scalar is taken as written, so that a code `1.10` stays `1.10`.
    package enum YAML {
        /// The largest file that is read, in bytes of UTF-8. A set of 47 indicators is about 30 KB.
        package static let maximumBytes = 1_000_000

        /// Reads a set. Of a text that is no YAML only the first fault can be named, with its line.
        ///
        /// - Parameter kept: the text was accepted before, see `Format.read`.
        package static func read(_ text: String, kept: Bool = false) -> Format.Reading {
            switch parsed(text) {
            case .success(let tree): Format.read(tree, kept: kept)
            case .failure(let broken): Format.Reading(set: nil, faults: [broken.fault])
            }
        }

        /// Reads rules of recognition, in the same way.
        package static func readRules(_ text: String, kept: Bool = false) -> Format.RulesReading {
            switch parsed(text) {
            case .success(let tree): Format.readRules(tree, kept: kept)
            case .failure(let broken): Format.RulesReading(rules: nil, faults: [broken.fault])
            }
        }

        /// A text that is no tree at all.
        struct Broken: Error {
            let fault: Fault

            init(_ key: Fault.Key, line: Int? = nil, _ arguments: [String: String] = [:]) {
                fault = Fault(key, at: "", line: line, arguments)
            }
        }

        static func parsed(_ text: String) -> Result<Format.Tree, Broken> {
            guard text.utf8.count <= maximumBytes else { return .failure(Broken(.tooLarge)) }
            if let line = firstAlias(text) { return .failure(Broken(.aliasRefused, line: line)) }
            do {
                guard let node = try Yams.compose(yaml: text, .basic) else { return .failure(Broken(.emptyFile)) }
                if isTooDeep(node) { return .failure(Broken(.tooDeep, line: node.mark?.line)) }
                return .success(tree(node))
            } catch let error as YamlError {
                return .failure(
                    problem(error, in: text).map { Broken($0.key, line: $0.line, ["detail": $0.detail]) }
                        ?? Broken(.syntax, ["detail": ""]))
            } catch {
                return .failure(Broken(.syntax, ["detail": ""]))
            }
        }

        /// Writes a set as text that `read` gives back unchanged.
        /// - Throws: `YamlError` when a text cannot be written, such as one with a zero byte.
        package static func write(_ set: CriteriaSet) throws -> String {
            try Yams.serialize(node: node(Format.write(set)), indent: 2, width: -1, allowUnicode: true)
        }

        /// Rules as a file of the format; reading it gives the same rules.
        package static func write(_ rules: CriteriaRules) throws -> String {
            try Yams.serialize(node: node(Format.write(rules)), indent: 2, width: -1, allowUnicode: true)
        }
    }
}

extension Criteria.YAML {
    private static func tree(_ node: Node) -> Criteria.Format.Tree {
        let line = node.mark?.line ?? 0
        switch node {
        case .scalar(let scalar):
            let isEmpty = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return .init(isEmpty ? .empty : .scalar(scalar.string), line: line)
        case .sequence(let sequence):
            return .init(.list(sequence.map(tree)), line: line)
        case .mapping(let mapping):
            let entries = mapping.map { key, value in
                // The key's line: a value may begin on the next one.
                var value = tree(value)
                value.line = key.mark?.line ?? value.line
                return Criteria.Format.Tree.Entry(key.scalar?.string ?? "?", value)
            }
            return .init(.map(entries), line: line)
        case .alias:
            return .init(.empty, line: line)
        }
    }

    static func node(_ tree: Criteria.Format.Tree) -> Node {
        switch tree.content {
        case .empty: return .scalar(.init("", .implicit, .plain))
        case .scalar(let text): return .scalar(scalar(text))
        case .list(let items): return .sequence(.init(items.map(node), .implicit, .block))
        case .map(let entries):
            return .mapping(.init(entries.map { (node(.init(.scalar($0.key))), node($0.value)) }, .implicit, .block))
        }
    }

    /// Plain where that is safe; the emitter quotes by itself what YAML would misread.
    private static func scalar(_ text: String) -> Node.Scalar {
        if ["", "~", "null", "Null", "NULL"].contains(text) { return .init(text, .implicit, .doubleQuoted) }
        return .init(text, .implicit, text.contains("\n") ? .literal : .any)
    }

    private static func problem(
        _ error: YamlError, in text: String
    ) -> (key: Criteria.Fault.Key, line: Int?, detail: String)? {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (.syntax, mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return (.repeatedField, context.mark.line, duplicates.joined(separator: ", "))
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).filter(\.isNewline).count + 1 }
            return (.syntax, line, problem)
        default:
            return nil
        }
    }
}
